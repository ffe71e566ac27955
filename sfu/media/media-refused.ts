/**
 * Tells a browser's unusable parameters from our own faults: what mediasoup throws when it is handed
 * parameters becomes one coded refusal, with the reason kept for the log.
 */
import { errors } from 'mediasoup'
import { SignalingError } from '../protocol/index.ts'

/**
 * Runs a call into mediasoup that takes parameters from a browser.
 *
 * @throws {SignalingError} `media-refused`, unless the worker is gone
 */
export async function refusedByMediasoup<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (isWorkerGone(error)) throw error
    throw new SignalingError('media-refused', { cause: error })
  }
}

/** Whether a call failed because the worker died meanwhile. */
export function isWorkerGone(error: unknown): boolean {
  return error instanceof errors.WorkerClosedError
}
