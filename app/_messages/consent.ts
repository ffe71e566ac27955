/**
 * The wording of each consent text by language. The id names the sense: a change of the sense needs a
 * new id in app/_wire/consent.ts, while the old wording stays here for those who agreed to it. It must
 * never take parameters: what a person agrees to is the same string for everyone, and so is its hash.
 */
import { consentTextToHash, type ConsentTextId } from '../_wire/consent.ts'
import english from './en/consent.json' with { type: 'json' }
import type { Language } from './index.ts'

/** What the consent dialog shows. */
export interface ConsentText {
  readonly title: string
  readonly paragraphs: readonly string[]
}

const byLanguage: Readonly<Record<Language, Readonly<Record<ConsentTextId, ConsentText>>>> = {
  en: english,
}

/** The wording of a text. */
export function consentTextOf(language: Language, textId: ConsentTextId): ConsentText {
  return byLanguage[language][textId]
}

/** The one string that is signed (as its hash) when a person answers: title and paragraphs, one a line. */
export function consentStringOf(language: Language, textId: ConsentTextId): string {
  const { title, paragraphs } = consentTextOf(language, textId)
  return consentTextToHash([title, ...paragraphs])
}
