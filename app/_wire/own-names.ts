/** Names by which a machine reaches itself: an address with one of them leads nowhere from another machine. */
const OWN_NAMES = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

/** @param host a name with or without a port, as the header `Host` has it; null where there is none */
export function isOwnHost(host: string | null): boolean {
  return host !== null && OWN_NAMES.test(host)
}

/** Whether an origin's host is a name of this machine. */
export function isOwnOrigin(text: string): boolean {
  return URL.canParse(text) && isOwnHost(new URL(text).host)
}
