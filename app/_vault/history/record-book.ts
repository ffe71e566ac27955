/**
 * The records of one stored class by student, each verified and kept once. Whoever once was enrolled is heard: what was
 * stored of them before they left stays theirs. It lives in the worker and dies with the opening; it must never be
 * handed to a page that may see totals alone.
 */
import { VaultError } from '../errors.ts'
import { recordIdentity, verifyRecord, type RecordBody } from '../format/record.ts'
import type { Roster } from '../roster/roster.ts'
import type { PartSink } from '../teacher/loader.ts'

export class RecordBook implements PartSink {
  readonly #classId: string
  readonly #roster: Roster
  readonly #records = new Map<string, { accountId: string; body: RecordBody }>()
  readonly #present = new Set<string>()

  constructor(classId: string, roster: Roster) {
    this.#classId = classId
    this.#roster = roster
  }

  /** @throws VaultError `record-size`, `bad-format`, `not-enrolled`, `bad-signature`, `wrong-class` */
  takeFromPart(signed: Uint8Array, accountId: string): void {
    const signerOf = (signer: Uint8Array) => this.#roster.everStudentBySigner(signer)
    const body = verifyRecord(signed, (signer) => signerOf(signer)?.keys.sign)
    if (signerOf(body.signer)?.accountId !== accountId) throw new VaultError('bad-signature')
    if (body.classId !== this.#classId) throw new VaultError('wrong-class')
    this.#records.set(recordIdentity(body), { accountId, body })
  }

  present(accountId: string): void {
    this.#present.add(accountId)
  }

  /** Everyone who has a part, with their records in the order of the intervals; several of one interval stay several. */
  byStudent(): ReadonlyMap<string, readonly RecordBody[]> {
    const students = new Map<string, RecordBody[]>()
    for (const accountId of [...this.#present].sort()) students.set(accountId, [])
    for (const { accountId, body } of this.#records.values()) {
      const records = students.get(accountId) ?? []
      students.set(accountId, records)
      records.push(body)
    }
    for (const records of students.values()) {
      // Identities break ties, so that the order of reading never shows.
      records.sort(
        (a, b) => a.interval - b.interval || (recordIdentity(a) < recordIdentity(b) ? -1 : 1),
      )
    }
    return students
  }
}
