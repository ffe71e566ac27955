/**
 * Finds web addresses in a text, so that a page can make links of them. Pure; it answers pieces of the
 * very text, whole and in order, and must never fetch or vouch for an address.
 */

export type Piece = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string }

/** An address with its scheme; what stands around it is judged below. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`\p{C}]+/giu

/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?…»”’]+$/u

/**
 * Cuts a text into plain pieces and links.
 *
 * @returns pieces whose texts together are the text
 */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0])
    const href = hrefOf(address)
    if (href === null) continue
    if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) })
    pieces.push({ kind: 'link', text: address, href })
    end = match.index + address.length
  }
  if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) })
  return pieces
}

/** Without the sentence's marks, and without a bracket that was opened before the address. */
function trimmed(address: string): string {
  let rest = address.replace(TRAILING, '')
  while (rest.endsWith(')') && count(rest, ')') > count(rest, '(')) {
    rest = rest.slice(0, -1).replace(TRAILING, '')
  }
  return rest
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1
}

/** Null for what is no address of a host, or carries a name and password to pose as another. */
function hrefOf(address: string): string | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  return url.username === '' && url.password === '' ? url.href : null
}
