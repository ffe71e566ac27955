/**
 * Whether a page belongs to this site, for calls that change something and for signalling. It must
 * never take a page for ours that anyone else can write.
 */

/**
 * A page's origin is ours when it is PUBLIC_URL's, or when its host is the very one that the request
 * was sent to, so that a school can be opened by the machine's address without a setting. Cookies
 * belong to a host, so under a name that only leads here, a rebound one say, nobody is signed in.
 * Where PUBLIC_URL is HTTPS its host without HTTPS is not ours: whoever is on the way writes such pages.
 *
 * @param origin the request's header `Origin`
 * @param host the request's header `Host`
 */
export function isOwnSite(
  origin: string | null | undefined,
  host: string | null | undefined,
  publicUrl: string,
): boolean {
  if (origin === publicUrl) return true
  if (origin === null || origin === undefined || !URL.canParse(origin)) return false
  const page = new URL(origin)
  if (page.host !== host) return false
  const open = new URL(publicUrl)
  return !(open.protocol === 'https:' && page.protocol !== 'https:' && page.host === open.host)
}
