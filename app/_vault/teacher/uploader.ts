/**
 * Brings chunks from this device's store to web, in order, again and again while web is away. A chunk leaves the store
 * only once web has it, or once web has refused it for good and its records are pending again.
 */
import { chunkBody } from '../../_wire/classes.ts'
import { VaultError, isVaultError } from '../errors.ts'
import { isPassing, type Http } from '../http.ts'
import type { StoredChunk, VaultStore } from '../store.ts'
import type { Timers } from '../timing.ts'

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 60_000

/** Web will never take such a chunk: its records have to go into another. */
const REFUSED_FOR_GOOD = [
  'chunk-exists',
  'chunk-person-unknown',
  'content-key-missing',
  'content-key-changed',
  'parts-unequal',
  'bad-request',
] as const

/** The class has had its time: there is nothing to keep, here or there. */
const OVER = ['readings-expired'] as const

export interface UploaderDeps {
  readonly http: Http
  readonly store: VaultStore
  readonly timers: Timers
  readonly report: (error: unknown) => void
  readonly onAccepted: (chunk: StoredChunk) => Promise<void>
  /** These chunks, all of one writer, will never be taken. */
  readonly onRefused: (chunks: readonly StoredChunk[], error: VaultError) => Promise<void>
}

export class Uploader {
  readonly #deps: UploaderDeps
  readonly #queue: StoredChunk[] = []
  #running: Promise<void> | null = null
  #wait = FIRST_WAIT_MS
  #cancel: () => void = () => undefined
  #waiting = false
  #stopped = false

  constructor(deps: UploaderDeps) {
    this.#deps = deps
  }

  push(...chunks: readonly StoredChunk[]): void {
    this.#queue.push(...chunks)
    this.#go()
  }

  /** Exchanges chunks that are not at web yet. */
  rewrite(change: (chunk: StoredChunk) => StoredChunk): void {
    this.#queue.splice(0, this.#queue.length, ...this.#queue.map(change))
  }

  /** Resolves when the queue is empty or web is away. */
  async settled(): Promise<void> {
    await this.#running
  }

  stop(): void {
    this.#stopped = true
    this.#cancel()
  }

  #go(): void {
    this.#cancel()
    if (this.#running || this.#stopped) return
    this.#waiting = false
    this.#running = this.#drain()
      .catch(this.#deps.report)
      .finally(() => {
        this.#running = null
        // What was pushed while the last upload ended.
        if (this.#queue.length > 0 && !this.#waiting) this.#go()
      })
  }

  async #drain(): Promise<void> {
    for (let chunk = this.#queue[0]; chunk; chunk = this.#queue[0]) {
      const outcome = await this.#upload(chunk)
      if (outcome === 'later') {
        this.#waiting = true
        this.#cancel = this.#deps.timers.after(this.#wait, () => {
          this.#go()
        })
        this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
        return
      }
      this.#wait = FIRST_WAIT_MS
    }
  }

  async #upload(chunk: StoredChunk): Promise<'done' | 'later'> {
    const { http, store, report, onAccepted, onRefused } = this.#deps
    try {
      const body = chunkBody.parse(JSON.parse(chunk.body))
      await http('writeChunk', { id: chunk.classId }, body)
    } catch (error) {
      if (isVaultError(error, ...OVER)) {
        this.#queue.shift()
        await store.removeChunk(chunk)
        report(error)
        return 'done'
      }
      if (isVaultError(error, ...REFUSED_FOR_GOOD)) {
        // What follows in the same chain names this one as its predecessor, and goes with it.
        const refused = this.#queue.filter(({ writer }) => writer === chunk.writer)
        await onRefused(refused, error)
        for (const one of refused) {
          this.#queue.splice(this.#queue.indexOf(one), 1)
          await store.removeChunk(one)
        }
        return 'done'
      }
      if (!isPassing(error) || this.#wait === FIRST_WAIT_MS) report(error)
      return 'later'
    }
    this.#queue.shift()
    await store.removeChunk(chunk)
    await onAccepted(chunk)
    return 'done'
  }
}
