/**
 * What can go wrong in the engine, as one error class with a stable code. Codes that the media
 * server or web answered pass through unchanged; the sentences that people read live with the
 * pages, never here.
 */

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
  | 'not-in-class'
  | 'record-size'

export class CallError extends Error {
  readonly code: string

  constructor(code: CallErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'CallError'
    this.code = code
  }
}

/** A request was refused by the other side, with that side's code. */
export class RefusedError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'RefusedError'
    this.code = code
  }
}

/** The stable code of any error; `unexpected` for one that carries none. */
export function codeOf(error: unknown): string {
  return error instanceof CallError || error instanceof RefusedError ? error.code : 'unexpected'
}

/** Whether the other side answered and said no, so that trying the same again is of no use. */
export function isRefusal(error: unknown): error is RefusedError {
  return error instanceof RefusedError
}
