/**
 * What a message's text may hold, the same on both sides of the wire. Scripts and emoji pass as they
 * are; what could disturb the lines around it does not. Nothing here may judge what a text says.
 */

/** Longest message, in UTF-16 code units, once cleaned. */
export const MAX_CHAT_LENGTH = 2_000

/**
 * Controls but line feed and tab, the marks that embed or override a direction (with them a text can
 * pose as another), interlinear annotation, and the byte order mark. Joiners, direction marks and
 * isolates stay: scripts and emoji need them, and none reaches beyond its own paragraph.
 */
const DISTURBING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufff9-\ufffb\ufeff]/gu

/** Line breaks of every system, and Unicode's own. */
const BREAKS = /\r\n?|[\u0085\u2028\u2029]/g

/** More marks on one letter than any script writes: they would climb over other lines. */
const PILES = /(\p{M}{6})\p{M}+/gu

/**
 * A text as it may be shown to others.
 *
 * @returns well-formed, without surrounding space and with at most one empty line in a row
 */
export function cleanChatText(text: string): string {
  return text
    .toWellFormed()
    .replace(BREAKS, '\n')
    .replace(DISTURBING, '')
    .replaceAll('\t', ' ')
    .replace(PILES, '$1')
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
