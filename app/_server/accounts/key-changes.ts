/** The signed words by which an account came from one pair of keys to the next, as they travel to vaults. */
import { keyChangeKind } from '../../_wire/courses.ts'
import { toB64u } from '../core/bytes.ts'

/** What to load of an account for {@link keyChangesOf}. */
export const KEY_CHANGES = { orderBy: { number: 'asc' } } as const

export function keyChangesOf(rows: readonly { kind: string; signed: Uint8Array }[]) {
  return rows.map(({ kind, signed }) => ({
    kind: keyChangeKind.parse(kind),
    signed: toB64u(signed),
  }))
}
