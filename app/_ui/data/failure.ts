/** What a page makes of anything that web or the vault refused or failed to do. */
import { WireError } from '../../_wire/client.ts'

/** The sentence that a person sees for anything that was thrown by web or by the vault. */
export function sentenceFor(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The stable code of anything that was thrown by web or by the vault; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** True when web could not be reached, as against having refused. */
export function isSilence(error: unknown): boolean {
  return error instanceof WireError && error.status === 0
}
