/**
 * Receipts of a teacher's vault: gathers what became stored or was refused, and seals it to the student whose it is. A
 * receipt is sent only to members of that student's own account, and it tells nothing of what a record said.
 */
import type { OpenAccount } from '../account.ts'
import { RANGES_PER_RECEIPT, sealReceipt, type ReceiptRange } from '../format/receipt.ts'
import type { Roster, RosterPerson } from '../roster/roster.ts'
import { toB64u } from '../sodium.ts'
import type { Emit } from '../student/session.ts'
import type { Timers } from '../timing.ts'
import type { PresentMember } from '../verbs.ts'
import { toRanges, type LedgerEntry, type Refusal } from './ledger.ts'

/** Gathers what comes together into one receipt. */
const GATHER_MS = 200

export interface ReceiptDeskDeps {
  readonly me: OpenAccount
  readonly classId: string
  readonly emit: Emit
  readonly timers: Timers
  /** True while this vault writes: only the writer may send receipts. */
  readonly maySend: () => boolean
}

export class ReceiptDesk {
  readonly #deps: ReceiptDeskDeps
  readonly #stored = new Map<string, LedgerEntry[]>()
  readonly #refused = new Map<string, ReceiptRange[]>()
  #roster: Roster
  #members: readonly PresentMember[] = []
  #scheduled = false
  #cancel: () => void = () => undefined

  constructor(deps: ReceiptDeskDeps, roster: Roster) {
    this.#deps = deps
    this.#roster = roster
  }

  setRoster(roster: Roster): void {
    this.#roster = roster
  }

  setMembers(members: readonly PresentMember[]): void {
    this.#members = members
  }

  /** These records are stored: their students are told soon. */
  stored(entries: readonly LedgerEntry[]): void {
    for (const entry of entries) {
      const list = this.#stored.get(entry.accountId) ?? []
      this.#stored.set(entry.accountId, list)
      list.push(entry)
    }
    this.#schedule()
  }

  /** A record of this account was refused. A flood of refusals is told once a receipt. */
  refused(accountId: string, { stream, sequence, reason }: Refusal): void {
    const list = this.#refused.get(accountId) ?? []
    this.#refused.set(accountId, list)
    if (list.length >= RANGES_PER_RECEIPT) return
    list.push({ stream, from: sequence, to: sequence, code: reason })
    this.#schedule()
  }

  stop(): void {
    this.#cancel()
  }

  /** Sends what has gathered. */
  flush(): void {
    this.#scheduled = false
    this.#cancel()
    if (!this.#deps.maySend()) return
    for (const accountId of new Set([...this.#stored.keys(), ...this.#refused.keys()])) {
      const person = this.#roster.person(accountId)
      const members = this.#members.filter((member) => member.accountId === accountId)
      const stored = toRanges(this.#stored.get(accountId) ?? [])
      const ranges: ReceiptRange[] = [
        ...stored.map((range) => ({ ...range, code: 'stored' as const })),
        ...(this.#refused.get(accountId) ?? []),
      ]
      this.#stored.delete(accountId)
      this.#refused.delete(accountId)
      if (person) for (const { memberId } of members) this.#send(person, memberId, ranges)
    }
  }

  #send(person: RosterPerson, to: string, ranges: readonly ReceiptRange[]): void {
    const { me, classId, emit } = this.#deps
    for (let at = 0; at < ranges.length; at += RANGES_PER_RECEIPT) {
      const receipt = {
        classId,
        accountId: person.accountId,
        signerId: me.account.accountId,
        signerKey: me.keys.id,
        ranges: ranges.slice(at, at + RANGES_PER_RECEIPT),
      }
      const box = toB64u(sealReceipt(receipt, me.keys.signKey, person.keys.box))
      emit('receiptOut', { classId, to, box })
    }
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#cancel = this.#deps.timers.after(GATHER_MS, () => {
      this.flush()
    })
  }
}
