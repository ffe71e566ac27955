/**
 * Judges the stored chunks of a class: signatures by teachers, one unbroken chain a writer, every part the one that its
 * manifest names, no head that went back. What does not hold is named and not used; what holds is used all the same, so
 * that one broken writer does not take the others' history away.
 */
import type { ChunksAnswer } from '../../_wire/classes.ts'
import { VaultError } from '../errors.ts'
import { fromB64u, hex } from '../format/bytes.ts'
import {
  decodeManifest,
  HASH_BYTES,
  manifestHash,
  type Head,
  type Manifest,
} from '../format/manifest.ts'
import { unverifiedBody, verifyDocument } from '../format/signed.ts'
import type { Roster } from '../roster/roster.ts'
import { hash, same } from '../sodium.ts'

export type WireChunk = Pick<
  ChunksAnswer['chunks'][number],
  'writer' | 'number' | 'manifest' | 'closing'
> & { readonly parts: readonly { readonly accountId: string; readonly part: string }[] }

export interface CheckedPart {
  readonly accountId: string
  readonly part: Uint8Array
}

/** A chunk whose manifest and parts hold. */
export interface CheckedChunk {
  readonly manifest: Manifest
  readonly hash: Uint8Array
  readonly parts: readonly CheckedPart[]
}

export interface ChainContext {
  readonly classId: string
  readonly roster: Roster
  /** Accounts whose readings were erased by their own signed word: their parts may be absent. */
  readonly erased: ReadonlySet<string>
}

/**
 * Checks one chunk on its own.
 * @throws VaultError `bad-format`, `bad-signature`, `wrong-class`, `chain-broken` (parts are not those of the manifest)
 */
export function checkChunk(chunk: WireChunk, context: ChainContext): CheckedChunk {
  const document = fromB64u(chunk.manifest)
  const claimed = decodeManifest(unverifiedBody(document))
  const signer = context.roster.teacherKeys(claimed.signerId, claimed.signerKey)
  if (!signer) throw new VaultError('bad-signature')
  verifyDocument('attune/manifest/1', document, signer.sign)
  if (claimed.classId !== context.classId || claimed.courseId !== context.roster.courseId) {
    throw new VaultError('wrong-class')
  }
  const named =
    claimed.number === chunk.number &&
    claimed.closing === chunk.closing &&
    same(claimed.writer, fromB64u(chunk.writer))
  if (!named) throw new VaultError('chain-broken')
  const parts = chunk.parts.map(({ accountId, part }) => ({ accountId, part: fromB64u(part) }))
  const byAccount = new Map(parts.map((part) => [part.accountId, part]))
  for (const { accountId, hash: expected } of claimed.parts) {
    const found = byAccount.get(accountId)
    byAccount.delete(accountId)
    if (!found && context.erased.has(accountId)) continue
    if (!found || !same(hash(found.part), expected)) throw new VaultError('chain-broken')
  }
  if (byAccount.size > 0) throw new VaultError('chain-broken')
  return { manifest: claimed, hash: manifestHash(document), parts }
}

/** Every writer's chain of one class, as it grows. */
export class ChainBook {
  #context: ChainContext
  /** By hex of the writer: the hash of each manifest, by its number. */
  readonly #hashes = new Map<string, Uint8Array[]>()
  readonly #last = new Map<string, CheckedChunk>()
  readonly #waiting = new Map<string, CheckedChunk>()
  readonly #named: Head[] = []
  readonly #broken = new Set<string>()
  readonly #told = new Set<string>()

  constructor(context: ChainContext) {
    this.#context = context
  }

  setRoster(roster: Roster): void {
    this.#context = { ...this.#context, roster, erased: roster.erased }
  }

  /**
   * Takes chunks in any order; those whose predecessor is still missing wait for it.
   * @returns the ones that are new and hold, in the order of their chains
   */
  admit(chunks: readonly WireChunk[]): readonly CheckedChunk[] {
    const admitted: CheckedChunk[] = []
    for (const chunk of chunks) {
      const writer = hex(fromB64u(chunk.writer))
      if (this.#hashes.get(writer)?.[chunk.number]) continue
      try {
        this.#waiting.set(place(writer, chunk.number), checkChunk(chunk, this.#context))
      } catch (error) {
        if (!(error instanceof VaultError)) throw error
        this.#broken.add(writer)
      }
      admitted.push(...this.#advance(writer))
    }
    return admitted
  }

  /** Remembers heads to be held against the chains at the next `settle`. */
  expect(heads: readonly Head[]): void {
    this.#named.push(...heads)
  }

  /**
   * To be called when everything that web has was admitted: what still waits for a predecessor, and every expected
   * head that is not there, is a broken chain.
   * @returns chunks that hold by themselves although their chain does not
   */
  settle(): readonly CheckedChunk[] {
    for (const { writer, number, hash: expected } of this.#named.splice(0)) {
      const own = this.#hashes.get(hex(writer))?.[number]
      if (!own || !same(own, expected)) this.#broken.add(hex(writer))
    }
    const stranded = [...this.#waiting.values()]
    for (const { manifest } of stranded) this.#broken.add(hex(manifest.writer))
    this.#waiting.clear()
    return stranded
  }

  /** The newest manifest of each writer. */
  heads(): readonly Head[] {
    return [...this.#last.values()].map(headOf)
  }

  /** Writers (hex) with something missing, swapped, altered, unsigned or cut off, each told once. */
  newlyBroken(): readonly string[] {
    const fresh = [...this.#broken].filter((writer) => !this.#told.has(writer))
    for (const writer of fresh) this.#told.add(writer)
    return fresh
  }

  #advance(writer: string): CheckedChunk[] {
    const admitted: CheckedChunk[] = []
    const hashes = this.#hashes.get(writer) ?? []
    this.#hashes.set(writer, hashes)
    for (;;) {
      const chunk = this.#waiting.get(place(writer, hashes.length))
      if (!chunk) return admitted
      this.#waiting.delete(place(writer, hashes.length))
      if (!follows(this.#last.get(writer), chunk)) this.#broken.add(writer)
      hashes.push(chunk.hash)
      this.#last.set(writer, chunk)
      this.#named.push(...chunk.manifest.otherHeads)
      admitted.push(chunk)
    }
  }
}

function headOf({ manifest, hash: own }: CheckedChunk): Head {
  return { writer: manifest.writer, number: manifest.number, hash: own }
}

/** Names the one before, and nothing follows a closing one. */
function follows(before: CheckedChunk | undefined, chunk: CheckedChunk): boolean {
  const previous = before ? before.hash : new Uint8Array(HASH_BYTES)
  return same(chunk.manifest.previous, previous) && !before?.manifest.closing
}

function place(writer: string, number: number): string {
  return `${writer}/${number}`
}
