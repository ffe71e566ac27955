/**
 * A student's side of one class: from entry to leaving one record leaves in each interval, at one random phase of this
 * device, whatever it says. Without consent, a tap or a camera it is of kind none, made on the same path. It keeps the
 * sealed bytes until their receipt, and never a reading longer than its interval.
 */
import type { OpenAccount } from '../account.ts'
import { VaultError, isVaultError } from '../errors.ts'
import { fromB64u, hex } from '../format/bytes.ts'
import { decodeReceipt, openReceipt, type ReceiptRange } from '../format/receipt.ts'
import { sealRecord, type RecordBody } from '../format/record.ts'
import { unverifiedBody, verifyDocument } from '../format/signed.ts'
import type { Http } from '../http.ts'
import type { Roster } from '../roster/roster.ts'
import { sodium } from '../sodium.ts'
import type { OutboxEntry, VaultStore } from '../store.ts'
import { ClassClock, drawPhase, leadTime, nextInterval, type Timers } from '../timing.ts'
import type { OwnReading, ReadingsMode, VaultEvents } from '../verbs.ts'
import { NOTHING_READ, contentOf } from './content.ts'
import { sendLate } from './late.ts'

/** Resent in one interval beside the record that is due, when receipts stay away. */
const RESENT_AN_INTERVAL = 4

export type Emit = <E extends keyof VaultEvents>(event: E, data: VaultEvents[E]) => void

export interface StudentDeps {
  readonly http: Http
  readonly store: VaultStore
  readonly me: OpenAccount
  readonly emit: Emit
  readonly now: () => number
  readonly timers: Timers
  /** In [0, 1). */
  readonly random: () => number
  /** Where failures go that no verb waits for. */
  readonly report: (error: unknown) => void
}

export interface StudentClass {
  readonly classId: string
  readonly mode: Exclude<ReadingsMode, 'off'>
  readonly classPublicKey: Uint8Array
  readonly roster: Roster
  readonly clock: ClassClock
}

export class StudentSession {
  readonly classPublicKey: Uint8Array
  readonly clock: ClassClock
  readonly mode: StudentClass['mode']
  readonly #deps: StudentDeps
  readonly #classId: string
  readonly #stream = sodium.randombytes_buf(16)
  readonly #phase: number
  #roster: Roster
  #allowed: boolean
  #sequence = 0
  #due = -1
  #lastSent = -1
  #reading: OwnReading | null = null
  #open = false
  #writer: string | null = null
  #cancel: () => void = () => undefined
  #stopped = false

  constructor(deps: StudentDeps, cls: StudentClass, allowed: boolean) {
    this.#deps = deps
    this.#classId = cls.classId
    this.mode = cls.mode
    this.classPublicKey = cls.classPublicKey
    this.clock = cls.clock
    this.#roster = cls.roster
    this.#allowed = allowed
    this.#phase = drawPhase(deps.random)
  }

  start(): void {
    this.#schedule()
  }

  /** Ends the session; what has no receipt goes to web, unchanged. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancel()
    this.#reading = null
    await sendLate(this.#deps, this.#classId)
  }

  setRoster(roster: Roster): void {
    this.#roster = roster
  }

  /** The consent as it is now; a withdrawal also drops a reading that has not left. */
  setAllowed(allowed: boolean): void {
    this.#allowed = allowed
    if (!allowed) this.#reading = null
  }

  syncClock(offset: number): void {
    this.clock.sync(offset)
    // A clock that ran ahead and was set right: the intervals that it skipped are still to come.
    if (this.#lastSent > this.clock.current()) this.#lastSent = this.clock.current() - 1
    if (!this.#stopped) this.#schedule()
  }

  /** Takes a reading for the record that leaves next; false when that record has gone or may not hold it. */
  record(interval: number, reading: OwnReading | null): boolean {
    if (!this.#allowed || reading === null) return false
    if (this.mode === 'check-ins') {
      if (reading.kind !== 'check-in') return false
      this.#reading = reading
      return true
    }
    if (reading.kind === 'check-in' || interval !== this.#due) return false
    this.#reading = reading
    return true
  }

  /** The record channel opened or closed; on opening everything without a receipt is sent again. */
  async channelState(open: boolean): Promise<void> {
    const opened = open && !this.#open
    this.#open = open
    if (opened) await this.#resend(() => true, Infinity)
  }

  /** Who writes now; a new writer gets what has no receipt, at once. */
  async setWriter(memberId: string | null): Promise<void> {
    const changed = memberId !== null && memberId !== this.#writer
    this.#writer = memberId
    if (changed) await this.#resend(() => true, Infinity)
  }

  /**
   * Takes a receipt: drops what is stored or finally refused.
   * @throws VaultError `bad-signature`, `cannot-open`, `bad-format`, `wrong-class`
   */
  async takeReceipt(box: string): Promise<void> {
    const { me, store, emit } = this.#deps
    const document = openReceipt(fromB64u(box), me.keys)
    const claimed = decodeReceipt(unverifiedBody(document))
    const signer = this.#roster.currentTeacherKeys(claimed.signerId, claimed.signerKey)
    if (!signer) throw new VaultError('bad-signature')
    verifyDocument('attune/receipt/1', document, signer.sign)
    if (claimed.classId !== this.#classId || claimed.accountId !== me.account.accountId) {
      throw new VaultError('wrong-class')
    }
    const entries = await store.outbox(me.account.accountId, this.#classId)
    await store.removeOutbox(
      entries.filter((entry) => claimed.ranges.some((range) => covers(range, entry))),
    )
    for (const { code } of claimed.ranges) {
      if (code === 'stored' || code === 'erased') continue
      emit('problem', { code, message: new VaultError(code).message, classId: this.#classId })
    }
  }

  #schedule(): void {
    this.#cancel()
    const { interval } = this.clock
    const next = this.#nextToLeave()
    const leaves = (next + this.#phase) * interval
    const untilDue = this.clock.until(leaves - leadTime(interval))
    if (this.#due !== next && untilDue > 0) {
      this.#cancel = this.#deps.timers.after(untilDue, () => {
        this.#announce(next, leaves)
      })
    } else this.#announce(next, leaves)
  }

  /**
   * The next interval whose moment is to come; or the one whose moment a busy device has just let pass: neither a timer
   * that came late nor a clock that is set meanwhile may skip it.
   */
  #nextToLeave(): number {
    const following = this.#lastSent + 1
    const behind = this.clock.current() - following
    const begun = this.#lastSent >= 0 || this.#due === following
    if (begun && (behind === 0 || behind === 1)) return following
    return Math.max(following, nextInterval(this.clock.elapsed(), this.clock.interval, this.#phase))
  }

  #announce(interval: number, leaves: number): void {
    if (this.#due !== interval) {
      this.#due = interval
      if (this.mode === 'expression') this.#reading = null
      this.#deps.emit('due', {
        classId: this.#classId,
        interval,
        deadline: Math.round(this.clock.toDevice(leaves)),
        analyse: this.#allowed && this.mode === 'expression',
      })
    }
    this.#cancel = this.#deps.timers.after(Math.max(0, this.clock.until(leaves)), () => {
      this.#leave(interval).catch(this.#deps.report)
    })
  }

  async #leave(interval: number): Promise<void> {
    // A device that is behind sends its record late, as one that is sent again would be; one that slept has nothing to say.
    const missed = this.clock.current() > interval + 1
    this.#lastSent = interval
    const reading = this.#allowed && !missed ? this.#reading : null
    this.#reading = null
    if (!this.#stopped) this.#schedule()
    if (missed) return
    const { me, emit, now } = this.#deps
    const body: RecordBody = {
      classId: this.#classId,
      stream: this.#stream,
      sequence: this.#sequence++,
      interval,
      signer: me.keys.id,
      ...(reading ? contentOf(reading) : NOTHING_READ),
    }
    const entry: OutboxEntry = {
      accountId: me.account.accountId,
      classId: this.#classId,
      stream: hex(this.#stream),
      sequence: body.sequence,
      interval,
      bytes: sealRecord(body, me.keys.signKey, this.classPublicKey),
      createdAt: now(),
    }
    await this.#keep(entry)
    this.#send(entry)
    emit('sent', { classId: this.#classId, interval, reading })
    await this.#resend((old) => old.interval < interval - 1, RESENT_AN_INTERVAL)
    if (this.#writer === null) await sendLate(this.#deps, this.#classId, interval)
  }

  /** Without a working store the record still goes out once; the problem is named. */
  async #keep(entry: OutboxEntry): Promise<void> {
    try {
      await this.#deps.store.putOutbox(entry)
    } catch (error) {
      if (!isVaultError(error, 'storage', 'storage-full')) throw error
      this.#deps.report(error)
    }
  }

  async #resend(which: (entry: OutboxEntry) => boolean, most: number): Promise<void> {
    if (!this.#open) return
    const { me, store } = this.#deps
    const entries = await store.outbox(me.account.accountId, this.#classId)
    for (const entry of entries.filter(which).slice(0, most)) this.#send(entry)
  }

  #send(entry: OutboxEntry): void {
    if (this.#open) this.#deps.emit('send', { classId: this.#classId, bytes: entry.bytes.slice() })
  }
}

function covers(range: ReceiptRange, entry: OutboxEntry): boolean {
  const inside = entry.sequence >= range.from && entry.sequence <= range.to
  return inside && entry.stream === hex(range.stream)
}
