/** What a unique row that is there already means to whoever asked: a code, for every use case in one way. */
import type { ErrorCode } from '../../_wire/errors.ts'
import { isTaken } from './database.ts'
import { Refusal } from './refusal.ts'

/** Waits for `work`. @throws Refusal `code` when a unique row that it writes is taken, perhaps only just now */
export async function refuseTaken<T>(code: ErrorCode, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isTaken(error)) throw new Refusal(code)
    throw error
  }
}
