/**
 * Whether a request comes from a browser on the server's own machine, which makes the first account
 * without the set-up code. A proxy that passes nothing on of where a request came from makes everybody
 * look so, and whoever asks writes their own `Origin`: neither must ever be enough by itself.
 */

const OWN_NAMES = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

function isOwnName(host: string | null): boolean {
  return host !== null && OWN_NAMES.test(host)
}

/** Whether an origin's host is a name of this machine. */
export function isOwnOrigin(text: string): boolean {
  return URL.canParse(text) && isOwnName(new URL(text).host)
}

/**
 * True where the connection came from this machine, under a name of this machine, from a page of this
 * machine (or from no page), and where PUBLIC_URL says that the school is for this machine alone.
 */
export function isLocalRequest(headers: Headers, publicUrl: string): boolean {
  const origin = headers.get('origin')
  return (
    headers.get('x-attune-local') === '1' &&
    isOwnName(headers.get('host')) &&
    (origin === null || isOwnOrigin(origin)) &&
    isOwnOrigin(publicUrl)
  )
}
