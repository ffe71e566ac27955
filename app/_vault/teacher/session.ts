/**
 * A teacher's side of one class: takes records in, counts each interval once at its end, writes chunks, sends receipts.
 * One vault writes at a time; the others keep what they hear and take totals from the writer's chunks. Only totals leave
 * for the page; nothing here may hand out what one person's record says.
 */
import type { OpenAccount } from '../account.ts'
import { VaultError } from '../errors.ts'
import { bytesToId } from '../format/bytes.ts'
import { RECORDS_PER_PART } from '../format/part.ts'
import type { Totals } from '../format/totals.ts'
import type { Http } from '../http.ts'
import type { Roster, RosterGeneration } from '../roster/roster.ts'
import { SerialQueue } from '../serial.ts'
import { sodium } from '../sodium.ts'
import type { VaultStore } from '../store.ts'
import type { Emit } from '../student/session.ts'
import type { ClassClock, Timers } from '../timing.ts'
import type { PresentMember } from '../verbs.ts'
import { ChainBook } from './chain.ts'
import { readHeads } from './heads.ts'
import { Inbox } from './inbox.ts'
import { LateBox } from './late-box.ts'
import { Ledger, Refusal } from './ledger.ts'
import { ChunkLoader, storedParts, type CourseSecret } from './loader.ts'
import { Presence } from './presence.ts'
import { ReceiptDesk } from './receipt-desk.ts'
import { shownTotals } from './shown-totals.ts'
import { Storing } from './storing.ts'
import { WriterLock, type Locks } from './writer-lock.ts'

const MEMBER_BYTES = 16
/** Intervals whose readings stay in memory for their totals. */
const INTERVALS_KEPT = 3
/** How often a writer asks web for records that students left there. */
const LATE_EVERY_MS = 60_000

export interface TeacherDeps {
  readonly http: Http
  readonly store: VaultStore
  readonly me: OpenAccount
  readonly emit: Emit
  readonly timers: Timers
  readonly locks: Locks
  /** True in a profile that keeps what is stored: then a local chunk is stored as a receipt means it. */
  readonly persisted: () => Promise<boolean>
  readonly report: (error: unknown) => void
  /** Loads the course's roster anew. */
  readonly reloadRoster: () => Promise<Roster>
}

export interface TeacherClass {
  readonly classId: string
  readonly memberId: string
  readonly roster: Roster
  readonly generation: RosterGeneration
  readonly classPublicKey: Uint8Array
  readonly classPrivateKey: Uint8Array
  readonly courseSecret: CourseSecret
  readonly clock: ClassClock
  readonly minimumGroup: number
}

export class TeacherSession {
  readonly clock: ClassClock
  readonly classPublicKey: Uint8Array
  readonly #deps: TeacherDeps
  readonly #class: TeacherClass
  readonly #ledger: Ledger
  readonly #book: ChainBook
  readonly #loader: ChunkLoader
  readonly #receipts: ReceiptDesk
  readonly #storing: Storing
  readonly #late: LateBox
  readonly #lock: WriterLock
  readonly #tasks = new SerialQueue()
  readonly #shown = new Set<number>()
  readonly #presence = new Presence()
  readonly #inbox: Inbox
  #roster: Roster
  #cancel: () => void = () => undefined
  #lateAt = 0
  #live = false
  #stopped = false

  constructor(deps: TeacherDeps, cls: TeacherClass) {
    const { classId, roster } = cls
    const { http, me, emit, timers, report } = deps
    this.#deps = deps
    this.#class = cls
    this.clock = cls.clock
    this.classPublicKey = cls.classPublicKey
    this.#roster = roster
    this.#ledger = new Ledger(classId, cls.classPublicKey, cls.classPrivateKey, roster)
    this.#inbox = new Inbox(deps, classId, this.#ledger)
    const { startedAt } = cls.clock
    this.#book = new ChainBook({ classId, startedAt, roster, withParts: true })
    this.#loader = new ChunkLoader({
      http,
      classId,
      ledger: storedParts(this.#ledger),
      book: this.#book,
      courseSecret: cls.courseSecret,
      report,
    })
    const maySend = (): boolean => this.#storing.isWriting()
    this.#receipts = new ReceiptDesk({ me, classId, emit, timers, maySend }, roster)
    this.#late = new LateBox(http, classId)
    this.#storing = new Storing(
      { ...deps, renewRoster: () => this.#renewRoster() },
      {
        classId,
        startedAt,
        generation: cls.generation,
        ledger: this.#ledger,
        book: this.#book,
        receipts: this.#receipts,
        late: this.#late,
      },
    )
    this.#lock = new WriterLock(deps.locks, `attune-writer:${classId}`)
  }

  /** Loads what is stored, then begins to count. To be awaited before records are handed in. */
  async start(): Promise<void> {
    this.#live = true
    await this.#tasks.run(() => this.#load())
    this.#schedule()
  }

  /** For a class that has ended: loads what is stored, takes in what web was left, and closes the chain again. */
  async settle(): Promise<void> {
    await this.#tasks.run(() => this.#load())
    await this.#tasks.run(() => this.#beginWriting())
    await this.stop()
  }

  /** Ends the session; a writer closes its chain first. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancel()
    await this.#tasks.run(() => this.#ceaseWriting())
    this.#storing.stop()
    this.#receipts.stop()
    sodium.memzero(this.#class.classPrivateKey)
  }

  syncClock(offset: number): void {
    this.clock.sync(offset)
    if (!this.#stopped) this.#schedule()
  }

  /** A message of the records channel: member id (16 bytes), then the record. Refusals go to the sender. */
  async takeRecord(message: Uint8Array): Promise<void> {
    if (message.length < MEMBER_BYTES) return
    const memberId = bytesToId(message.slice(0, MEMBER_BYTES))
    const sender = this.#presence.accountOf(memberId)
    await this.#tasks.run(() => this.#take(message.slice(MEMBER_BYTES), sender))
  }

  async setPresence(members: readonly PresentMember[]): Promise<void> {
    this.#presence.set(members)
    this.#receipts.setMembers(members)
    if (this.#presence.hasStrangers(this.#roster)) {
      await this.#tasks.run(() => this.#renewRoster())
    }
  }

  /** The SFU names who writes; a vault that is named, and whose tab holds the lock, begins a chain. */
  setWriter(memberId: string | null): void {
    if (memberId === this.#class.memberId) {
      this.#lock.acquire(() => {
        this.#tasks.run(() => this.#beginWriting()).catch(this.#deps.report)
      }, this.#deps.report)
    } else this.#tasks.run(() => this.#ceaseWriting()).catch(this.#deps.report)
  }

  /** Another vault stored a chunk: shows its totals, and knows its records as stored. */
  async takeChunk(): Promise<void> {
    await this.#tasks.run(async () => {
      if (this.#storing.isWriting()) return
      this.#showLatest(await this.#loader.loadFromWeb())
      this.#nameBroken()
      await this.#inbox.tidy()
    })
  }

  async #load(): Promise<void> {
    const { http, store, me } = this.#deps
    const { classId } = this.#class
    this.#book.expect(await readHeads(http, me.keys, this.#roster.courseId, classId))
    const local = await store.chunks(me.account.accountId, classId)
    const fromWeb = await this.#loader.loadFromWeb()
    const fromHere = this.#loader.loadLocal(local)
    this.#nameBroken()
    this.#showLatest([...fromWeb, ...fromHere])
    await this.#inbox.load()
    this.#storing.push(local)
    await this.#dropErased()
  }

  async #take(record: Uint8Array, sender: string | null): Promise<void> {
    try {
      const taken = this.#ledger.take(record, this.clock.current(), sender)
      if (taken.fresh) await this.#inbox.keep(record, taken.entry.identity)
      else if (taken.entry.state === 'stored') this.#receipts.stored([taken.entry])
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const unknown =
        error.reason === 'not-enrolled' && sender !== null && this.#presence.unseen(sender)
      if (unknown) {
        await this.#renewRoster()
        await this.#take(record, sender)
      } else if (sender !== null) this.#receipts.refused(sender, error)
    }
  }

  #schedule(): void {
    this.#cancel()
    const interval = this.clock.current()
    const ends = (interval + 1) * this.clock.interval
    this.#cancel = this.#deps.timers.after(Math.max(1, this.clock.until(ends)), () => {
      // A clock that was set back meanwhile: the interval is not over yet.
      const over = this.clock.elapsed() >= ends
      if (over) this.#tasks.run(() => this.#endInterval()).catch(this.#deps.report)
      if (!this.#stopped) this.#schedule()
    })
  }

  async #endInterval(): Promise<void> {
    const interval = this.clock.current() - 1
    if (!this.#storing.isWriting() || interval < 0) return
    let totals: Totals | null = null
    if (!this.#shown.has(interval)) {
      const at = this.clock.endOf(interval)
      const { minimumGroup } = this.#class
      totals = this.#ledger.totals(
        interval,
        at,
        this.#presence.students(this.#roster),
        minimumGroup,
      )
      this.#show(totals)
    }
    if (this.clock.elapsed() - this.#lateAt > LATE_EVERY_MS) await this.#takeLate()
    await this.#writeChunk(totals, false)
    this.#ledger.forgetBefore(interval - INTERVALS_KEPT)
  }

  async #beginWriting(): Promise<void> {
    if (this.#storing.isWriting() || this.#stopped) return
    this.#storing.begin()
    // What another writer stored since this vault last looked.
    this.#showLatest(await this.#loader.loadFromWeb())
    this.#nameBroken()
    await this.#takeLate()
    // What the writer before could not tell its students any more.
    this.#receipts.stored(this.#ledger.storedSince(this.clock.current() - INTERVALS_KEPT))
    this.#receipts.flush()
  }

  async #ceaseWriting(): Promise<void> {
    if (this.#storing.isWriting()) {
      const pending = () => [...this.#storing.pending(this.#roster).values()]
      while (pending().some(({ length }) => length > RECORDS_PER_PART)) {
        await this.#writeChunk(null, false)
      }
      await this.#writeChunk(null, true)
      await this.#storing.settled()
      this.#receipts.flush()
      this.#storing.end()
    }
    this.#lock.release()
  }

  async #takeLate(): Promise<void> {
    this.#lateAt = this.clock.elapsed()
    // Of a class that is over every interval is past, whatever this device's clock says.
    const current = this.#live ? this.clock.current() : Number.MAX_SAFE_INTEGER
    const accept = (record: Uint8Array): string | null => {
      try {
        const { entry } = this.#ledger.take(record, current, null)
        return entry.identity
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return null
      }
    }
    await this.#late.load(accept)
    await this.#storing.dropLate()
  }

  async #writeChunk(totals: Totals | null, closing: boolean): Promise<void> {
    const present = this.#presence.students(this.#roster)
    await this.#storing.write({ roster: this.#roster, present, totals, closing })
  }

  async #renewRoster(): Promise<void> {
    this.setRoster(await this.#deps.reloadRoster())
  }

  /** The course's people as they are now. */
  setRoster(roster: Roster): void {
    this.#roster = roster
    this.#ledger.setRoster(this.#roster)
    this.#receipts.setRoster(this.#roster)
    this.#book.setRoster(this.#roster)
    this.#dropErased().catch(this.#deps.report)
  }

  async #dropErased(): Promise<void> {
    const erased = this.#roster.erasedIn(this.clock.startedAt)
    if (erased.size > 0) await this.#storing.dropErased(erased)
  }

  #showLatest(all: readonly Totals[]): void {
    const { classId } = this.#class
    for (const { interval } of all) this.#shown.add(interval)
    if (all.length > 0) {
      const totals = all.map((one) => shownTotals(classId, one))
      this.#deps.emit('timeline', { classId, totals })
    }
    const latest = all.reduce<Totals | null>(
      (best, one) => (best && best.interval > one.interval ? best : one),
      null,
    )
    if (latest) this.#show(latest)
  }

  #show(totals: Totals): void {
    this.#shown.add(totals.interval)
    this.#deps.emit('totals', shownTotals(this.#class.classId, totals))
  }

  /** Each kind of fault is told once a look. */
  #nameBroken(): void {
    for (const code of new Set(this.#book.newFaults().map((fault) => fault.code))) {
      this.#deps.report(new VaultError(code))
    }
  }
}
