/**
 * The records of one class, inside a teacher's vault worker: opened, verified against the roster, each taken once. It
 * answers totals and what has to be stored; it must never hand a person's reading to anything that leaves the worker.
 */
import { VaultError } from '../errors.ts'
import { hex } from '../format/bytes.ts'
import type { ReceiptCode } from '../format/receipt.ts'
import { openRecord, recordIdentity, verifyRecord, type RecordBody } from '../format/record.ts'
import type { Totals } from '../format/totals.ts'
import type { Roster } from '../roster/roster.ts'
import { countInterval, prefer } from './count.ts'

/** One record that the ledger holds. */
export interface LedgerEntry {
  readonly identity: string
  readonly accountId: string
  readonly stream: Uint8Array
  readonly sequence: number
  readonly interval: number
  /** A piece of the signature: what the same signer signed under the same number it tells apart, once that is stored too. */
  readonly mark: string
  /** Signature and body; null once they are stored. */
  signed: Uint8Array | null
  /** `written`: in a chunk of this device; `stored`: as a receipt means it. */
  state: 'pending' | 'written' | 'stored'
}

export interface Taken {
  readonly entry: LedgerEntry
  /** False: it had been taken in before. */
  readonly fresh: boolean
}

/** A record that was refused; `stream` and `sequence` where it could be opened at all. */
export class Refusal extends VaultError {
  readonly reason: ReceiptCode
  readonly stream: Uint8Array
  readonly sequence: number

  constructor(reason: Exclude<ReceiptCode, 'stored'>, claimed?: RecordBody, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
    this.stream = claimed?.stream ?? new Uint8Array(16)
    this.sequence = claimed?.sequence ?? 0
  }
}

const REFUSALS = [
  'bad-signature',
  'wrong-class',
  'not-enrolled',
  'record-size',
  'bad-format',
  'cannot-open',
] as const

export class Ledger {
  readonly #classId: string
  readonly #publicKey: Uint8Array
  readonly #privateKey: Uint8Array
  readonly #entries = new Map<string, LedgerEntry>()
  /** Interval, then account, then the record that counts. */
  readonly #intervals = new Map<number, Map<string, RecordBody>>()
  #erased: ReadonlySet<string> = new Set()
  #roster: Roster

  constructor(classId: string, publicKey: Uint8Array, privateKey: Uint8Array, roster: Roster) {
    this.#classId = classId
    this.#publicKey = publicKey
    this.#privateKey = privateKey
    this.#roster = roster
  }

  setRoster(roster: Roster): void {
    this.#roster = roster
  }

  /**
   * Forgets what these people had erased; nothing more of them is taken in.
   * @returns identities of their records, for other copies to go too
   */
  erase(accounts: ReadonlySet<string>): ReadonlySet<string> {
    this.#erased = accounts
    const gone = new Set<string>()
    for (const entry of this.#entries.values()) {
      if (!accounts.has(entry.accountId)) continue
      gone.add(entry.identity)
      entry.signed = null
      entry.state = 'stored'
    }
    for (const readings of this.#intervals.values()) {
      for (const accountId of accounts) readings.delete(accountId)
    }
    return gone
  }

  /**
   * Takes in a sealed record as it came.
   * @param current the interval that it is now; a number more than one ahead is refused
   * @param sender account of the member who sent it, or null when web kept it
   * @throws Refusal
   */
  take(record: Uint8Array, current: number, sender: string | null): Taken {
    const signed = this.#refusing(() => openRecord(record, this.#publicKey, this.#privateKey))
    const taken = this.#verified(signed)
    if (sender !== null && sender !== taken.accountId) {
      throw new Refusal('bad-signature', taken.body)
    }
    if (this.#erased.has(taken.accountId)) throw new Refusal('erased', taken.body)
    if (taken.body.interval > current + 1) throw new Refusal('clock-wrong', taken.body)
    const added = this.#add(taken.body, taken.accountId, signed)
    // A device sends the same bytes again; a receipt for others would say that they are stored.
    if (added.entry.mark !== markOf(signed)) throw new Refusal('sequence-reused', taken.body)
    return added
  }

  /**
   * Takes in a signed record out of a part.
   * @param stored false for a part of a chunk that only this device has
   * @throws Refusal
   */
  takeFromPart(signed: Uint8Array, accountId: string, stored: boolean): Taken {
    const taken = this.#verified(signed, true)
    if (taken.accountId !== accountId) throw new Refusal('bad-signature', taken.body)
    const added = this.#add(taken.body, accountId, signed)
    if (stored) this.markStored([added.entry.identity])
    else this.mark([added.entry.identity], 'written')
    return added
  }

  /** Totals of an interval, from what is here now. */
  totals(
    interval: number,
    at: number,
    presentStudents: ReadonlySet<string>,
    minimumGroup: number,
  ): Totals {
    const readings = this.#intervals.get(interval) ?? new Map<string, RecordBody>()
    const counted = new Set([...presentStudents, ...readings.keys()])
    return countInterval(interval, at, [...readings.values()], counted.size, minimumGroup)
  }

  /** Records that no chunk holds yet, by account. */
  pending(): ReadonlyMap<string, readonly LedgerEntry[]> {
    const byAccount = new Map<string, LedgerEntry[]>()
    for (const entry of this.#entries.values()) {
      if (entry.state !== 'pending') continue
      const list = byAccount.get(entry.accountId) ?? []
      byAccount.set(entry.accountId, list)
      list.push(entry)
    }
    return byAccount
  }

  entry(identity: string): LedgerEntry | undefined {
    return this.#entries.get(identity)
  }

  /** These are in a chunk of this device now, or out of one that web refused. */
  mark(identities: readonly string[], state: 'written' | 'pending'): void {
    for (const identity of identities) {
      const entry = this.#entries.get(identity)
      if (entry && entry.state !== 'stored') entry.state = state
    }
  }

  /** These are stored as a receipt means it. */
  markStored(identities: readonly string[]): readonly LedgerEntry[] {
    return identities.flatMap((identity) => {
      const entry = this.#entries.get(identity)
      if (!entry) return []
      entry.signed = null
      entry.state = 'stored'
      return [entry]
    })
  }

  /** Stored records of an interval and of all later ones. */
  storedSince(interval: number): readonly LedgerEntry[] {
    return [...this.#entries.values()].filter((entry) => {
      return entry.state === 'stored' && entry.interval >= interval
    })
  }

  /** Drops readings of long-past intervals from memory; identities stay, so that repeats are still refused. */
  forgetBefore(interval: number): void {
    for (const number of this.#intervals.keys()) {
      if (number < interval) this.#intervals.delete(number)
    }
  }

  /** @param kept from a stored part, which keys from before a reset may have signed */
  #verified(signed: Uint8Array, kept = false): { body: RecordBody; accountId: string } {
    const signer = kept ? 'everStudentBySigner' : 'studentBySigner'
    const body = this.#refusing(() =>
      verifyRecord(signed, (id) => this.#roster[signer](id)?.keys.sign),
    )
    const person = this.#roster[signer](body.signer)
    if (!person) throw new Refusal('not-enrolled', body)
    if (body.classId !== this.#classId) throw new Refusal('wrong-class', body)
    return { body, accountId: person.accountId }
  }

  #add(body: RecordBody, accountId: string, signed: Uint8Array): Taken {
    const identity = recordIdentity(body)
    const known = this.#entries.get(identity)
    if (known) return { entry: known, fresh: false }
    const { stream, sequence, interval } = body
    const entry: LedgerEntry = {
      identity,
      accountId,
      stream,
      sequence,
      interval,
      mark: markOf(signed),
      signed,
      state: 'pending',
    }
    this.#entries.set(identity, entry)
    const readings = this.#intervals.get(interval) ?? new Map<string, RecordBody>()
    this.#intervals.set(interval, readings)
    const other = readings.get(accountId)
    readings.set(accountId, other ? prefer(other, body) : body)
    return { entry, fresh: true }
  }

  #refusing<T>(run: () => T): T {
    try {
      return run()
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      const reason = REFUSALS.find((code) => code === error.code)
      throw new Refusal(reason ?? 'bad-format', undefined, error)
    }
  }
}

/** From the second half of an Ed25519 signature, which the message decides. */
const markOf = (signed: Uint8Array): string => hex(signed.slice(32, 40))

/** Range ends of consecutive sequence numbers, by stream: what a receipt says in few words. */
export function toRanges(
  entries: readonly Pick<LedgerEntry, 'stream' | 'sequence'>[],
): { stream: Uint8Array; from: number; to: number }[] {
  const sorted = [...entries].sort((a, b) => {
    const streams = hex(a.stream) < hex(b.stream) ? -1 : 1
    return hex(a.stream) === hex(b.stream) ? a.sequence - b.sequence : streams
  })
  const ranges: { stream: Uint8Array; from: number; to: number }[] = []
  for (const { stream, sequence } of sorted) {
    const last = ranges.at(-1)
    if (last && hex(last.stream) === hex(stream) && sequence <= last.to + 1) last.to = sequence
    else ranges.push({ stream, from: sequence, to: sequence })
  }
  return ranges
}
