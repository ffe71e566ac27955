/**
 * Writes chunks: one writer's chain, from the vault's start to its closing manifest. Everyone present has a part of one
 * size, encrypted under a content key of this writer that is sealed to the course and to that student. It stores and
 * sends nothing itself.
 */
import type { z } from 'zod'
import type { chunkBody } from '../../_wire/classes.ts'
import type { OpenAccount } from '../account.ts'
import { encodeManifest, HASH_BYTES, manifestHash, type Head } from '../format/manifest.ts'
import { CONTENT_KEY_BYTES, RECORDS_PER_PART, sealPart } from '../format/part.ts'
import { signDocument } from '../format/signed.ts'
import { sealTotals, type Totals } from '../format/totals.ts'
import { forget } from '../keys/password.ts'
import type { Roster, RosterGeneration } from '../roster/roster.ts'
import { hash, same, sodium, toB64u } from '../sodium.ts'
import type { LedgerEntry } from './ledger.ts'

export type ChunkBody = z.input<typeof chunkBody>

/** What a chunk is made of. */
export interface ChunkInput {
  /** Students who get a part even when it is empty. */
  readonly present: ReadonlySet<string>
  readonly pending: ReadonlyMap<string, readonly LedgerEntry[]>
  readonly totals: Totals | null
  readonly otherHeads: readonly Head[]
  readonly closing: boolean
  readonly roster: Roster
}

export interface WrittenChunk {
  readonly body: ChunkBody
  readonly identities: readonly string[]
}

export class ChunkWriter {
  /** Random, 16 bytes. */
  readonly id = sodium.randombytes_buf(16)
  readonly #me: OpenAccount
  readonly #classId: string
  readonly #generation: RosterGeneration
  readonly #contentKeys = new Map<string, Uint8Array>()
  #number = 0
  #previous: Uint8Array = new Uint8Array(HASH_BYTES)

  constructor(me: OpenAccount, classId: string, generation: RosterGeneration) {
    this.#me = me
    this.#classId = classId
    this.#generation = generation
  }

  /** The next chunk of this chain; at most five records a student, the oldest first. */
  write(input: ChunkInput): WrittenChunk {
    const accounts = [...new Set([...input.present, ...input.pending.keys()])].sort()
    const contentKeys: ChunkBody['contentKeys'] = []
    const parts: ChunkBody['parts'] = []
    const hashes: { accountId: string; hash: Uint8Array }[] = []
    const identities: string[] = []
    for (const accountId of accounts) {
      const person = input.roster.person(accountId)
      if (!person) continue
      const entries = (input.pending.get(accountId) ?? []).slice(0, RECORDS_PER_PART)
      let contentKey = this.#contentKeys.get(accountId)
      if (!contentKey) {
        contentKey = sodium.randombytes_buf(CONTENT_KEY_BYTES)
        this.#contentKeys.set(accountId, contentKey)
        contentKeys.push({
          accountId,
          forStudent: toB64u(sodium.crypto_box_seal(contentKey, person.keys.box)),
          forCourse: toB64u(sodium.crypto_box_seal(contentKey, this.#generation.publicKey)),
        })
      }
      const place = { classId: this.#classId, writer: this.id, number: this.#number, accountId }
      const signed = entries.flatMap((entry) => (entry.signed ? [entry.signed] : []))
      const part = sealPart(place, signed, contentKey)
      parts.push({ accountId, part: toB64u(part) })
      hashes.push({ accountId, hash: hash(part) })
      identities.push(...entries.map(({ identity }) => identity))
    }
    const manifest = this.#sign(input, hashes)
    const body: ChunkBody = {
      writer: toB64u(this.id),
      number: this.#number,
      manifest: toB64u(manifest),
      closing: input.closing,
      parts,
      contentKeys,
    }
    this.#previous = manifestHash(manifest)
    this.#number++
    return { body, identities }
  }

  forget(): void {
    forget(...this.#contentKeys.values())
    this.#contentKeys.clear()
  }

  #sign(input: ChunkInput, parts: { accountId: string; hash: Uint8Array }[]): Uint8Array {
    const body = encodeManifest({
      courseId: this.#generation.courseId,
      classId: this.#classId,
      writer: this.id,
      number: this.#number,
      closing: input.closing,
      generation: this.#generation.number,
      signerId: this.#me.account.accountId,
      signerKey: this.#me.keys.id,
      previous: this.#previous,
      parts,
      otherHeads: input.otherHeads.filter(({ writer }) => !same(writer, this.id)),
      totals: sealTotals(input.totals, this.#generation.publicKey),
    })
    return signDocument('attune/manifest/1', body, this.#me.keys.signKey)
  }
}
