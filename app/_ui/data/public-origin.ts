/**
 * The origin that links for other people begin with. It must never be a name of this machine alone where a better one is
 * known.
 */
import { isOwnOrigin } from '../../_wire/own-names.ts'

/**
 * @param publicUrl what web takes for its origin: PUBLIC_URL, or localhost where nobody set it
 * @param here the origin of this page
 */
export function publicOrigin(publicUrl: string, here: string): string {
  return isOwnOrigin(publicUrl) && !isOwnOrigin(here) ? here : publicUrl
}
