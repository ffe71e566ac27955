/**
 * The origin that links for other people begin with. It must never be a name of this machine alone where a better one is
 * known.
 */
const OWN_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * @param publicUrl what web takes for its origin: PUBLIC_URL, or localhost where nobody set it
 * @param here the origin of this page
 */
export function publicOrigin(publicUrl: string, here: string): string {
  const isOwn = (url: string): boolean => OWN_NAMES.has(new URL(url).hostname)
  return isOwn(publicUrl) && !isOwn(here) ? here : publicUrl
}
