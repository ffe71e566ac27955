/**
 * What one vault stores of a class: its own chain of chunks, from this device's store to web, with what follows from
 * each one that web accepts or refuses. It opens nothing, and it decides nothing about what counts.
 */
import { chunkBody } from '../../_wire/classes.ts'
import type { OpenAccount } from '../account.ts'
import type { VaultError } from '../errors.ts'
import { hex } from '../format/bytes.ts'
import type { Totals } from '../format/totals.ts'
import type { Http } from '../http.ts'
import type { Roster, RosterGeneration } from '../roster/roster.ts'
import type { StoredChunk, VaultStore } from '../store.ts'
import type { Emit } from '../student/session.ts'
import type { Timers } from '../timing.ts'
import type { ChainBook } from './chain.ts'
import { ChunkWriter } from './chunk-writer.ts'
import { writeHeads } from './heads.ts'
import { dropErased, withoutErased } from './drop-erased.ts'
import type { LateBox } from './late-box.ts'
import type { Ledger, LedgerEntry } from './ledger.ts'
import type { ReceiptDesk } from './receipt-desk.ts'
import { Uploader } from './uploader.ts'

export interface StoringDeps {
  readonly http: Http
  readonly store: VaultStore
  readonly me: OpenAccount
  readonly emit: Emit
  readonly timers: Timers
  /** True in a profile that keeps what is stored: then a local chunk is stored as a receipt means it. */
  readonly persisted: () => Promise<boolean>
  readonly report: (error: unknown) => void
  readonly renewRoster: () => Promise<void>
}

export interface StoringParts {
  readonly classId: string
  /** When the class started, by web's clock. */
  readonly startedAt: number
  readonly generation: RosterGeneration
  readonly ledger: Ledger
  readonly book: ChainBook
  readonly receipts: ReceiptDesk
  readonly late: LateBox
}

/** What a chunk is made from at this moment. */
export interface ChunkMoment {
  readonly roster: Roster
  readonly present: ReadonlySet<string>
  readonly totals: Totals | null
  readonly closing: boolean
}

export class Storing {
  readonly #deps: StoringDeps
  readonly #parts: StoringParts
  readonly #uploader: Uploader
  #writer: ChunkWriter | null = null

  constructor(deps: StoringDeps, parts: StoringParts) {
    this.#deps = deps
    this.#parts = parts
    this.#uploader = new Uploader({
      ...deps,
      onAccepted: (chunk) => this.#accepted(chunk),
      onRefused: (chunks, error) => this.#refused(chunks, error),
    })
  }

  /** True between the begin and the end of a chain. */
  isWriting(): boolean {
    return this.#writer !== null
  }

  begin(): void {
    this.#writer = new ChunkWriter(this.#deps.me, this.#parts.classId, this.#parts.generation)
  }

  end(): void {
    this.#writer?.forget()
    this.#writer = null
  }

  /** Chunks that an earlier start of this vault left on this device. */
  push(chunks: readonly StoredChunk[]): void {
    this.#uploader.push(...chunks)
  }

  /** What a student had erased goes from this device too. */
  async dropErased(erased: ReadonlySet<string>): Promise<void> {
    const { store, me } = this.#deps
    const { classId, ledger } = this.#parts
    const identities = ledger.erase(erased)
    this.#uploader.rewrite((chunk) => withoutErased(chunk, erased))
    await dropErased(store, { accountId: me.account.accountId, classId }, erased, identities)
  }

  /** Resolves when everything is at web, or web is away. */
  settled(): Promise<void> {
    return this.#uploader.settled()
  }

  stop(): void {
    this.#uploader.stop()
  }

  /** What the next chunk has to hold; not of people who left the course or erased their readings. */
  pending(roster: Roster): ReadonlyMap<string, readonly LedgerEntry[]> {
    const erased = roster.erasedIn(this.#parts.startedAt)
    const inCourse = [...this.#parts.ledger.pending()].filter(([accountId]) => {
      return roster.person(accountId) && !erased.has(accountId)
    })
    return new Map(inCourse)
  }

  /** Writes the next chunk: to this device first, then to web. */
  async write(moment: ChunkMoment): Promise<void> {
    if (!this.#writer) return
    const { store, me, report } = this.#deps
    const { classId, ledger, book, receipts } = this.#parts
    const { body, identities } = this.#writer.write({
      ...moment,
      pending: this.pending(moment.roster),
      otherHeads: book.heads(),
    })
    const chunk: StoredChunk = {
      accountId: me.account.accountId,
      classId,
      writer: hex(this.#writer.id),
      number: body.number,
      body: JSON.stringify(body),
      identities,
    }
    ledger.mark(identities, 'written')
    try {
      await store.putChunk(chunk)
      if (await this.#deps.persisted()) receipts.stored(ledger.markStored(identities))
    } catch (error) {
      // Without a store the chunk still goes to web; receipts wait for that.
      report(error)
    }
    this.#uploader.push(chunk)
  }

  /** Web may drop late records that are stored now. */
  async dropLate(): Promise<void> {
    const { late, ledger } = this.#parts
    await late.drop((identity) => ledger.entry(identity)?.state === 'stored')
  }

  async #accepted(chunk: StoredChunk): Promise<void> {
    const { http, me, emit } = this.#deps
    const { classId, startedAt, generation, ledger, book, receipts } = this.#parts
    receipts.stored(ledger.markStored(chunk.identities))
    const body = chunkBody.parse(JSON.parse(chunk.body))
    book.admit([body])
    emit('chunkOut', { classId, writer: body.writer, number: body.number })
    await this.dropLate()
    const seen = { classId, startedAt, heads: book.heads() }
    await writeHeads(http, me.keys, generation.courseId, [seen])
  }

  async #refused(chunks: readonly StoredChunk[], error: VaultError): Promise<void> {
    this.#deps.report(error)
    for (const { identities } of chunks) this.#parts.ledger.mark(identities, 'pending')
    const own = this.#writer && hex(this.#writer.id)
    if (chunks.every(({ writer }) => writer !== own)) return
    // A new chain: the old one has a gap that web will never fill.
    await this.#deps.renewRoster()
    this.begin()
  }
}
