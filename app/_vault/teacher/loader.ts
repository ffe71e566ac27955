/**
 * Brings what is stored of a class into a ledger: chunks from web and those that only this device has, opened with the
 * course key, each chain checked. What one part hides or spoils touches no other part. After it every repeat is known,
 * so that a reload loses nothing and counts nothing twice.
 */
import type { ChunksAnswer } from '../../_wire/classes.ts'
import { chunkBody } from '../../_wire/classes.ts'
import { isVaultError, VaultError } from '../errors.ts'
import { fromB64u, hex } from '../format/bytes.ts'
import { CONTENT_KEY_BYTES, openPart } from '../format/part.ts'
import { openSealed } from '../format/record.ts'
import { openTotals, type Totals } from '../format/totals.ts'
import type { Http } from '../http.ts'
import type { StoredChunk } from '../store.ts'
import type { ChainBook } from './chain.ts'
import type { CheckedChunk, CheckedPart } from './check-chunk.ts'

/** Opens a generation's private key, by number; throws where this account holds none. */
export type CourseSecret = (generation: number) => { publicKey: Uint8Array; secret: Uint8Array }

/** Where the records of opened parts go. */
export interface PartSink {
  /**
   * Takes in a signed record out of a part.
   * @throws VaultError where it is not one of that account, or of this class
   */
  takeFromPart(signed: Uint8Array, accountId: string, stored: boolean): unknown
  /** Told of everyone who has a part, which is everyone who was present. */
  present?(accountId: string): void
}

export interface LoaderDeps {
  readonly http: Http
  readonly classId: string
  readonly ledger: PartSink
  readonly book: ChainBook
  readonly courseSecret: CourseSecret
  readonly report: (error: unknown) => void
  /** False: manifests alone, for totals. */
  readonly parts?: boolean
  /** Called between chunks, so that a long opening lets other work through. */
  readonly breathe?: () => Promise<void>
}

/** Stored records of somebody who has left the course since are no failure: they stay stored, and count no more. */
export function storedParts(ledger: Pick<PartSink, 'takeFromPart'>): PartSink {
  return {
    takeFromPart: (signed, accountId, stored) => {
      try {
        ledger.takeFromPart(signed, accountId, stored)
      } catch (error) {
        if (!isVaultError(error, 'not-enrolled')) throw error
      }
    },
  }
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
    const { http, classId, book, parts = true } = this.#deps
    const totals: Totals[] = []
    for (;;) {
      const query: Record<string, string> = {}
      if (this.#page !== null) query['after'] = this.#page
      if (!parts) query['parts'] = 'none'
      const answer: ChunksAnswer = await http('chunks', { id: classId }, null, { query })
      for (const { writer, accountId, key } of answer.contentKeys) {
        this.#learnKey(writer, accountId, key)
      }
      for (const chunk of answer.chunks) {
        totals.push(...this.#open(book.admit([chunk]), true))
        await this.#deps.breathe?.()
      }
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
      for (const part of chunk.parts) {
        this.#naming(() => {
          this.#take(chunk, part, stored)
        })
      }
      const totals = this.#naming(() => this.#totals(chunk))
      return totals ? [totals] : []
    })
  }

  /** Runs one step; what does not open is named, and the next step goes on. */
  #naming<T>(step: () => T): T | null {
    try {
      return step()
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      this.#deps.report(error)
      return null
    }
  }

  #totals({ manifest }: CheckedChunk): Totals | null {
    const { publicKey, secret } = this.#deps.courseSecret(manifest.generation)
    return openTotals(manifest.totals, publicKey, secret)
  }

  #take(chunk: CheckedChunk, { accountId, part }: CheckedPart, stored: boolean): void {
    const { classId, ledger } = this.#deps
    const { writer, number } = chunk.manifest
    const contentKey = this.#contentKey(chunk, accountId)
    ledger.present?.(accountId)
    for (const signed of openPart({ classId, writer, number, accountId }, part, contentKey)) {
      this.#naming(() => ledger.takeFromPart(signed, accountId, stored))
    }
  }

  #contentKey(chunk: CheckedChunk, accountId: string): Uint8Array {
    const name = `${hex(chunk.manifest.writer)}/${accountId}`
    const known = this.#contentKeys.get(name)
    if (known) return known
    const sealed = this.#sealedKeys.get(name)
    if (!sealed) throw new VaultError('key-missing')
    const { publicKey, secret } = this.#deps.courseSecret(chunk.manifest.generation)
    const key = openSealed(sealed, publicKey, secret)
    if (key.length !== CONTENT_KEY_BYTES) throw new VaultError('bad-format')
    this.#contentKeys.set(name, key)
    return key
  }
}
