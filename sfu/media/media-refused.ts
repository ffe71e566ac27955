/**
 * Tells a browser's unusable parameters from our own faults: what mediasoup throws when it is handed
 * parameters becomes one coded refusal, with the reason kept for the log.
 */
import { SignalingError } from '../protocol/index.ts'

/**
 * Runs a call into mediasoup that takes parameters from a browser.
 *
 * @throws {SignalingError} `media-refused` whatever mediasoup threw
 */
export async function refusedByMediasoup<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw new SignalingError('media-refused', { cause: error })
  }
}
