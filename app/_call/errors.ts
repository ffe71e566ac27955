/**
 * What can go wrong in the engine, as errors with stable codes. Codes that web or the media server
 * answered pass through unchanged; the sentences that people read live with the pages, never here.
 */
import { SignalingError } from '../../sfu/protocol/index.ts'

/** Codes that the engine itself gives; any other code came from web or from the media server. */
export type CallErrorCode =
  | 'connection-closed'
  | 'request-timeout'
  | 'invalid-message'
  | 'unsupported-browser'
  | 'device-permission-refused'
  | 'device-not-found'
  | 'device-in-use'
  | 'device-unavailable'
  | 'record-size'
  | 'screen-unsupported'
  | 'screen-blocked'
  | 'screen-unavailable'

/** Something failed on this side of the wire. */
export class CallError extends Error {
  readonly code: CallErrorCode

  constructor(code: CallErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CallError'
    this.code = code
  }
}

/** Web answered and said no, with its code: trying the same again is of no use. */
export class RefusedError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RefusedError'
    this.code = code
  }
}

/** The stable code of any error; `unexpected` for one that carries none. */
export function codeOf(error: unknown): string {
  const coded =
    error instanceof CallError || error instanceof RefusedError || error instanceof SignalingError
  return coded ? error.code : 'unexpected'
}

/** Whether an error says only that the connection is not there now: the next one sets it right. */
export function isConnectionLoss(error: unknown): boolean {
  return (
    error instanceof CallError &&
    (error.code === 'connection-closed' || error.code === 'request-timeout')
  )
}
