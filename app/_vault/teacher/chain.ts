/**
 * Judges the stored chunks of a class as chains: one unbroken chain a writer, no head that went back. What does not hold
 * is named and not used; what holds is used all the same, so that one broken writer does not take the others' history
 * away.
 */
import { VaultError } from '../errors.ts'
import { fromB64u, hex } from '../format/bytes.ts'
import { HASH_BYTES, type Head } from '../format/manifest.ts'
import type { Roster } from '../roster/roster.ts'
import { same } from '../sodium.ts'
import {
  checkChunk,
  FAULTS,
  type ChainContext,
  type CheckedChunk,
  type FaultCode,
  type WireChunk,
} from './check-chunk.ts'

/** Something missing, swapped, altered, unsigned or cut off. */
export interface ChainFault {
  readonly code: FaultCode
  /** Hex of the writer. */
  readonly writer: string
  /** Number of the chunk in its chain. */
  readonly number: number
}

/** Every writer's chain of one class, as it grows. */
export class ChainBook {
  #context: ChainContext
  /** By hex of the writer: the hash of each manifest, by its number. */
  readonly #hashes = new Map<string, Uint8Array[]>()
  readonly #last = new Map<string, CheckedChunk>()
  readonly #waiting = new Map<string, CheckedChunk>()
  readonly #named: Head[] = []
  readonly #faults = new Map<string, ChainFault>()
  #told = 0

  constructor(context: ChainContext) {
    this.#context = context
  }

  setRoster(roster: Roster): void {
    this.#context = { ...this.#context, roster }
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
        const checked = checkChunk(chunk, this.#context)
        for (const code of checked.faults) this.#fault(code, writer, chunk.number)
        this.#waiting.set(place(writer, chunk.number), checked)
      } catch (error) {
        if (!(error instanceof VaultError)) throw error
        const code = FAULTS.find((fault) => fault === error.code) ?? 'chunk-altered'
        this.#fault(code, writer, chunk.number)
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
    const stranded = [...this.#waiting.values()]
    for (const { manifest } of stranded) {
      const writer = hex(manifest.writer)
      const hole = this.#hashes.get(writer)?.length ?? 0
      if (!this.#isNamed(writer, hole)) this.#fault('chunk-missing', writer, hole)
    }
    for (const { writer: bytes, number, hash: expected } of this.#named.splice(0)) {
      const writer = hex(bytes)
      const own =
        this.#hashes.get(writer)?.[number] ?? this.#waiting.get(place(writer, number))?.hash
      if (own) {
        if (!same(own, expected)) this.#fault('chain-forked', writer, number)
      } else if (!this.#isNamed(writer, number)) this.#fault('chain-cut', writer, number)
    }
    this.#waiting.clear()
    return stranded
  }

  /** The newest manifest of each writer. */
  heads(): readonly Head[] {
    return [...this.#last.values()].map(headOf)
  }

  /** What is wrong and was not told before. */
  newFaults(): readonly ChainFault[] {
    const fresh = [...this.#faults.values()].slice(this.#told)
    this.#told = this.#faults.size
    return fresh
  }

  #fault(code: FaultCode, writer: string, number: number): void {
    this.#faults.set(`${code}/${place(writer, number)}`, { code, writer, number })
  }

  #isNamed(writer: string, number: number): boolean {
    return [...this.#faults.values()].some((one) => one.writer === writer && one.number === number)
  }

  #advance(writer: string): CheckedChunk[] {
    const admitted: CheckedChunk[] = []
    const hashes = this.#hashes.get(writer) ?? []
    this.#hashes.set(writer, hashes)
    for (;;) {
      const number = hashes.length
      const chunk = this.#waiting.get(place(writer, number))
      if (!chunk) return admitted
      this.#waiting.delete(place(writer, number))
      if (!follows(this.#last.get(writer), chunk)) this.#fault('chain-forked', writer, number)
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
  return `${writer}/${String(number)}`
}
