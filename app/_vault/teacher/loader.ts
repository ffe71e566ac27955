/**
 * Brings what is stored of a class into a teacher's ledger: chunks from web and those that only this device has, opened
 * with the course key, each chain checked. After it every repeat is known, so that a reload loses nothing and counts
 * nothing twice.
 */
import type { ChunksAnswer } from '../../_wire/classes.ts'
import { chunkBody } from '../../_wire/classes.ts'
import { VaultError } from '../errors.ts'
import { fromB64u, hex } from '../format/bytes.ts'
import { CONTENT_KEY_BYTES, openPart } from '../format/part.ts'
import { openSealed } from '../format/record.ts'
import { openTotals, type Totals } from '../format/totals.ts'
import type { Http } from '../http.ts'
import type { StoredChunk } from '../store.ts'
import { ChainBook, type CheckedChunk } from './chain.ts'
import type { Ledger } from './ledger.ts'

/** Opens a generation's private key, by number; throws where this account holds none. */
export type CourseSecret = (generation: number) => { publicKey: Uint8Array; secret: Uint8Array }

export interface LoaderDeps {
  readonly http: Http
  readonly classId: string
  readonly ledger: Ledger
  readonly book: ChainBook
  readonly courseSecret: CourseSecret
  readonly report: (error: unknown) => void
}

export class ChunkLoader {
  readonly #deps: LoaderDeps
  readonly #contentKeys = new Map<string, Uint8Array>()
  readonly #sealedKeys = new Map<string, Uint8Array>()
  #page: string | null = null

  constructor(deps: LoaderDeps) {
    this.#deps = deps
  }

  /** Everything that web has and this ledger has not; answers totals in the order of their intervals. */
  async loadFromWeb(): Promise<readonly Totals[]> {
    const { http, classId, book } = this.#deps
    const totals: Totals[] = []
    for (;;) {
      const query: Record<string, string> = this.#page === null ? {} : { after: this.#page }
      const answer: ChunksAnswer = await http('chunks', { id: classId }, null, { query })
      for (const { writer, accountId, key } of answer.contentKeys) {
        this.#learnKey(writer, accountId, key)
      }
      totals.push(...this.#open(book.admit(answer.chunks), true))
      if (answer.next === null) break
      this.#page = answer.next
    }
    totals.push(...this.#open(book.settle(), true))
    return totals.sort((a, b) => a.interval - b.interval)
  }

  /** Chunks that only this device has. */
  loadLocal(chunks: readonly StoredChunk[]): readonly Totals[] {
    const bodies = chunks.map(({ body }) => chunkBody.parse(JSON.parse(body)))
    for (const { writer, contentKeys } of bodies) {
      for (const { accountId, forCourse } of contentKeys) {
        this.#learnKey(writer, accountId, forCourse)
      }
    }
    return this.#open(this.#deps.book.admit(bodies), false)
  }

  #learnKey(writer: string, accountId: string, sealed: string): void {
    this.#sealedKeys.set(`${hex(fromB64u(writer))}/${accountId}`, fromB64u(sealed))
  }

  #open(chunks: readonly CheckedChunk[], stored: boolean): Totals[] {
    return chunks.flatMap((chunk) => {
      try {
        for (const { accountId, part } of chunk.parts) this.#take(chunk, accountId, part, stored)
        const { publicKey, secret } = this.#deps.courseSecret(chunk.manifest.generation)
        const totals = openTotals(chunk.manifest.totals, publicKey, secret)
        return totals ? [totals] : []
      } catch (error) {
        if (!(error instanceof VaultError)) throw error
        this.#deps.report(error)
        return []
      }
    })
  }

  #take(chunk: CheckedChunk, accountId: string, part: Uint8Array, stored: boolean): void {
    const { classId, ledger, report } = this.#deps
    const { writer, number } = chunk.manifest
    const contentKey = this.#contentKey(chunk, accountId)
    for (const signed of openPart({ classId, writer, number, accountId }, part, contentKey)) {
      try {
        ledger.takeFromPart(signed, accountId, stored)
      } catch (error) {
        // A record of somebody who has left the course since is no failure of the chunk.
        if (!(error instanceof VaultError)) throw error
        if (error.code !== 'not-enrolled') report(error)
      }
    }
  }

  #contentKey(chunk: CheckedChunk, accountId: string): Uint8Array {
    const name = `${hex(chunk.manifest.writer)}/${accountId}`
    const known = this.#contentKeys.get(name)
    if (known) return known
    const sealed = this.#sealedKeys.get(name)
    if (!sealed) throw new VaultError('chain-broken')
    const { publicKey, secret } = this.#deps.courseSecret(chunk.manifest.generation)
    const key = openSealed(sealed, publicKey, secret)
    if (key.length !== CONTENT_KEY_BYTES) throw new VaultError('bad-format')
    this.#contentKeys.set(name, key)
    return key
  }
}
