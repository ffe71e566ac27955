/** Who gives a consent, as far as it was said: pure, so that the question needs no form to know whether it is answered. */
import type { ConsentRequest } from '../../_vault/verbs.ts'

export interface Giver {
  /** Null: not chosen yet. */
  readonly by: 'self' | 'guardian' | null
  readonly name: string
  readonly confirmed: boolean
}

/** Where one begins: a question that has two answers is not answered in advance. */
export function firstGiver(by: ConsentRequest['by']): Giver {
  return { by: by === 'either' ? null : by, name: '', confirmed: false }
}

/** Whether this giver may allow: a guardian has typed a name and confirmed to be one. */
export function isComplete({ by, name, confirmed }: Giver): boolean {
  if (by === null) return false
  return by === 'self' || (name.trim() !== '' && confirmed)
}
