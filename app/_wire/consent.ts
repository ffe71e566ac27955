/**
 * Which consent text a course asks for, and the hash that a signed answer names. The wording lives in
 * `app/_messages/<language>/consent.json`, by text id; changing a wording so that its sense changes
 * needs a new id. Nothing here may know who answered what.
 */
import * as z from 'zod'
import type { CourseSettings } from './settings.ts'

/** Ids of the consent texts, `<what>/<version>`. */
export const CONSENT_TEXT_IDS = [
  'check-ins/1',
  'expression/1',
  'check-ins-full-history/1',
  'expression-full-history/1',
] as const

export const consentTextId = z.enum(CONSENT_TEXT_IDS)
export type ConsentTextId = z.infer<typeof consentTextId>

/** The consent text that these settings ask for; null while readings are off. */
export function consentTextFor(
  settings: Pick<CourseSettings, 'readings' | 'historyPolicy'>,
): ConsentTextId | null {
  if (settings.readings === 'off') return null
  return settings.historyPolicy === 'full-history'
    ? `${settings.readings}-full-history/1`
    : `${settings.readings}/1`
}

/** The one string that is shown, read out and hashed: the paragraphs of a text in their order, one a line. */
export function consentTextToHash(paragraphs: readonly string[]): string {
  return paragraphs.map((paragraph) => paragraph.normalize('NFC').trim()).join('\n')
}
