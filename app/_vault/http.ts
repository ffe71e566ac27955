/**
 * The vault's own way to web: the routes of `app/_wire`, with refusals as `VaultError` of the same code. The transport
 * is handed in. Nothing unsealed may be put into a body here.
 */
import { createWireCall, WireError, type WireCall } from '../_wire/client.ts'
import { routes } from '../_wire/routes.ts'
import { VaultError } from './errors.ts'

export type Http = WireCall

/** A connection that hangs is one that is lost: what waits for it is tried again over another. */
const PATIENCE_MS = 60_000

/** Codes of a call that may succeed when it is made again later. */
const PASSING: readonly string[] = [
  'network',
  'server-error',
  'server-busy',
  'server-full',
  'too-many-requests',
]

/**
 * @param transport `fetch`, or what a test puts in its place
 * @param onSignedOut called when web says that the session is over
 */
export function createHttp(transport: typeof fetch, onSignedOut: () => void): Http {
  const call = createWireCall(transport, routes)
  return async (name, parameters, body, options) => {
    try {
      return await call(name, parameters, body, {
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...options,
      })
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      const code = error.code === 'offline' ? 'network' : error.code
      if (error.code === 'not-signed-in') onSignedOut()
      const known = error.code === 'bad-answer' ? 'server' : code
      throw new VaultError(known, { cause: error }, error.message)
    }
  }
}

/** True when the same call may succeed later: the server was away or busy. */
export function isPassing(error: unknown): boolean {
  return error instanceof VaultError && PASSING.includes(error.code)
}
