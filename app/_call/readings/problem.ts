/**
 * What went wrong, as the page shows it: a stable code and a sentence. It must never carry more of an
 * error than that.
 */
import type { ReadingsState } from './state.ts'

/** The code and the sentence of whatever was thrown. */
export function problemOf(error: unknown): NonNullable<ReadingsState['problem']> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected'
  return { code, message: error instanceof Error ? error.message : String(error) }
}

/** Whether the vault has to be unlocked first. */
export function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'vault-locked'
}
