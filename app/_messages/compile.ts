/**
 * Compiles the texts, so that browsers need no parser of them: a tenth of a page's own script. It runs on the server
 * alone, and what it makes is read by `use-intl/format-message/format-only`, which next.config.mjs puts in the place of
 * next-intl's own formatting; a text that was not compiled shows its braces there.
 */
import compile from 'icu-minify/compile'
import type { CompiledMessage } from 'icu-minify/format'

interface Texts {
  readonly [key: string]: string | Texts
}

export interface CompiledTexts {
  [key: string]: CompiledMessage | CompiledTexts
}

/** Texts under the same keys, each ready to be formatted. */
export function compileTexts(texts: Texts): CompiledTexts {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      // Its objects have no prototype, which React refuses to hand to a browser.
      typeof text === 'string' ? structuredClone(compile(text)) : compileTexts(text),
    ]),
  )
}
