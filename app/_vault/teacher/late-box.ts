/**
 * Records that students left with web because no teacher was there: takes them into the ledger, and tells web to drop
 * them once a chunk holds them, or when they can never be taken in.
 */
import { fromB64u } from '../format/bytes.ts'
import type { Http } from '../http.ts'

/** As many ids as web takes in one request. */
const BATCH = 1000

export class LateBox {
  readonly #http: Http
  readonly #classId: string
  /** Web's id to the record's identity; null for one that was refused. */
  readonly #taken = new Map<string, string | null>()

  constructor(http: Http, classId: string) {
    this.#http = http
    this.#classId = classId
  }

  /** @param accept answers the identity of a record that the ledger has now, or null when it was refused */
  async load(accept: (record: Uint8Array) => string | null): Promise<void> {
    const { records } = await this.#http('lateRecords', { id: this.#classId }, null)
    for (const { id, record } of records) {
      if (!this.#taken.has(id)) this.#taken.set(id, accept(fromB64u(record)))
    }
  }

  /** Drops at web what is stored, and what was refused. */
  async drop(isStored: (identity: string) => boolean): Promise<void> {
    const done = [...this.#taken].flatMap(([id, identity]) =>
      identity === null || isStored(identity) ? [id] : [],
    )
    for (let at = 0; at < done.length; at += BATCH) {
      const ids = done.slice(at, at + BATCH)
      await this.#http('dropLateRecords', { id: this.#classId }, { ids })
      for (const id of ids) this.#taken.delete(id)
    }
  }
}
