/**
 * From the keys that a grant or an enrolment vouches for to those that the account has now, step by step. A step that the
 * old key signed is followed; one after a reset only where this person has confirmed it, or where nothing but the
 * account's own word stands behind the keys anyway (a student's). What does not verify is no step.
 */
import { VaultError } from '../errors.ts'
import { fromB64u, hex } from '../format/bytes.ts'
import type { PublicKeys } from '../format/grant.ts'
import { openKeyChange, type KeyChange, type KeyChangeKind } from '../format/key-change.ts'
import { keyId } from '../format/signed.ts'
import { same } from '../sodium.ts'

/** A change as web hands it out. */
export interface WireKeyChange {
  readonly kind: KeyChangeKind
  readonly signed: string
}

interface Step extends KeyChange {
  readonly kind: KeyChangeKind
}

export interface KeyChain {
  /** Keys of this account that are believed, oldest first; never empty, the last are the present ones. */
  readonly keys: readonly PublicKeys[]
  /** Those of `keys` that came with the last reset and after it. */
  readonly sinceReset: readonly PublicKeys[]
  /** Keys after a reset that nobody vouches for yet. */
  readonly unconfirmed: PublicKeys | null
}

export function idOf(keys: PublicKeys): string {
  return hex(keyId(keys.sign))
}

/** The sound changes of one account. */
export class KeyChanges {
  readonly #steps: readonly Step[]

  constructor(accountId: string, changes: readonly WireKeyChange[]) {
    this.#steps = changes.flatMap((change) => {
      const step = readStep(change)
      return step?.accountId === accountId ? [step] : []
    })
  }

  /**
   * Follows the changes from vouched keys.
   * @param accepts whether keys after a reset, by their id, are ones that this person knows; `all`: whatever comes
   */
  follow(vouched: PublicKeys, accepts: 'all' | ((id: string) => boolean)): KeyChain {
    const path: { readonly keys: PublicKeys; readonly kind: KeyChangeKind }[] = []
    const seen = new Set([idOf(vouched)])
    for (let at = vouched; ;) {
      const step = this.#steps.find(
        ({ from }) => same(from.sign, at.sign) && same(from.box, at.box),
      )
      if (!step || seen.has(idOf(step.to))) break
      seen.add(idOf(step.to))
      path.push({ keys: step.to, kind: step.kind })
      at = step.to
    }
    // Whoever knows a key has confirmed all that led to it.
    const known =
      accepts === 'all' ? path.length : path.findLastIndex(({ keys }) => accepts(idOf(keys))) + 1
    const firstOpen = path.findIndex(({ kind }, index) => kind === 'reset' && index >= known)
    const believed = firstOpen < 0 ? path : path.slice(0, firstOpen)
    const reset = believed.findLastIndex(({ kind }) => kind === 'reset')
    const keys = [vouched, ...believed.map((step) => step.keys)]
    return {
      keys,
      sinceReset: keys.slice(reset + 1),
      unconfirmed: firstOpen < 0 ? null : (path.at(-1)?.keys ?? null),
    }
  }

  /** Keys that led to these, newest first: each later one said itself that it came from them. */
  before(present: PublicKeys): readonly PublicKeys[] {
    const earlier: PublicKeys[] = []
    const seen = new Set([idOf(present)])
    for (let at = present; ;) {
      const step = this.#steps.find(({ to }) => same(to.sign, at.sign) && same(to.box, at.box))
      if (!step || seen.has(idOf(step.from))) return earlier
      seen.add(idOf(step.from))
      earlier.push(step.from)
      at = step.from
    }
  }

  /** Keys from which ordinary changes alone, each signed by the one before, lead to these; newest first. */
  renewedTo(present: PublicKeys): readonly PublicKeys[] {
    return this.before(present).filter((keys) => this.leads(idOf(keys), present))
  }

  /** Whether ordinary changes alone lead from a key, by its id, to these keys. */
  leads(from: string, to: PublicKeys): boolean {
    const goal = idOf(to)
    const seen = new Set<string>()
    for (let at = from; at !== goal;) {
      if (seen.has(at)) return false
      seen.add(at)
      const step = this.#steps.find((one) => one.kind === 'renewed' && idOf(one.from) === at)
      if (!step) return false
      at = idOf(step.to)
    }
    return true
  }
}

function readStep(change: WireKeyChange): Step | null {
  try {
    return { kind: change.kind, ...openKeyChange(change.kind, fromB64u(change.signed)) }
  } catch (error) {
    if (error instanceof VaultError) return null
    throw error
  }
}
