/**
 * Where to go after signing in: the address that asked for it, if it is one of ours. It must never
 * lead to another origin, whatever a link says.
 */

/** Where people land when nothing asked for anything else. */
export const HOME_PATH = '/courses'

const BASE = 'https://attune.invalid'

/** A path of this origin (with query and fragment), or {@link HOME_PATH} when `value` is anything else. */
export function safeNext(value: string | null | undefined): string {
  if (!value?.startsWith('/')) return HOME_PATH
  let url: URL
  try {
    url = new URL(value, BASE)
  } catch {
    return HOME_PATH // Not an address at all, such as "//".
  }
  if (url.origin !== BASE) return HOME_PATH
  const path = url.pathname + url.search + url.hash
  // "/./" and "/.//host" collapse to "//host", which a browser reads as another host.
  return path.startsWith('//') ? HOME_PATH : path
}

/** The invitation's token when the way back leads to an invitation, or names one of the school. */
export function inviteTokenOf(path: string): string | undefined {
  return /^(?:\/invite\/|\/courses\?invitation=)([^/?#&]+)/.exec(path)?.[1]
}
