/**
 * Whether a request comes from a browser on the server's own machine, which makes the first account
 * without the set-up code. A proxy that passes nothing on of where a request came from makes everybody
 * look so, and whoever asks writes their own `Origin`: neither must ever be enough by itself.
 */
import { isOwnHost, isOwnOrigin } from '../../_wire/own-names.ts'

/**
 * True where the connection came from this machine, under a name of this machine, from a page of this
 * machine (or from no page), and where PUBLIC_URL says that the school is for this machine alone.
 */
export function isLocalRequest(headers: Headers, publicUrl: string): boolean {
  const origin = headers.get('origin')
  return (
    headers.get('x-attune-local') === '1' &&
    isOwnHost(headers.get('host')) &&
    (origin === null || isOwnOrigin(origin)) &&
    isOwnOrigin(publicUrl)
  )
}
