import { createElement, Fragment, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { _createCache, _createIntlFormatters } from 'use-intl/core'
import formatParsed from 'use-intl/format-message'
import formatCompiled from 'use-intl/format-message/format-only'
import { describe, expect, it } from 'vitest'
import { compileTexts, type CompiledTexts } from './compile.ts'
import { LANGUAGES, messagesOf } from './index.ts'

type Compiled = Exclude<CompiledTexts[string], CompiledTexts>

interface Texts {
  readonly [key: string]: string | Texts
}

/** Every text by its path. */
function pathsOf(texts: Texts): [string, string][] {
  return Object.entries(texts).flatMap(([key, text]): [string, string][] =>
    typeof text === 'string'
      ? [[key, text]]
      : pathsOf(text).map(([path, deep]) => [`${key}.${path}`, deep]),
  )
}

function isTexts(value: Compiled | CompiledTexts | undefined): value is CompiledTexts {
  return typeof value === 'object' && !Array.isArray(value)
}

function compiledAt(texts: CompiledTexts, path: string): Compiled {
  let value: Compiled | CompiledTexts | undefined = texts
  for (const key of path.split('.')) value = isTexts(value) ? value[key] : undefined
  if (value === undefined || isTexts(value)) throw new TypeError(`no text at ${path}`)
  return value
}

/** Something for every argument and every tag of a text. */
function valuesFor(text: string, number: number) {
  const named = [...text.matchAll(/\{\s*(\w+)/g)].map(([, name = '']) => [name, number] as const)
  const chosen = [...text.matchAll(/\{\s*(\w+), select,\s*(\w+)/g)].map(
    ([, name = '', branch = '']) => [name, number === 1 ? branch : 'none of them'] as const,
  )
  const tags = [...text.matchAll(/<(\w+)>/g)].map(
    ([, name = '']) => [name, (inner: unknown) => `[${[inner].flat().join('')}]`] as const,
  )
  return Object.fromEntries<number | string | ((inner: unknown) => string)>([
    ...named,
    ...chosen,
    ...tags,
  ])
}

function plain(text: ReactNode): string {
  return renderToStaticMarkup(createElement(Fragment, null, text))
}

describe.each(LANGUAGES)('the compiled texts of %s', (locale) => {
  const cache = _createCache()
  const options = { cache, formatters: _createIntlFormatters(cache), locale, timeZone: 'UTC' }
  const texts = messagesOf(locale)
  const compiled = compileTexts(texts)

  it('can be handed to a browser', () => {
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(value))
      Object.values(value).forEach(look)
    }
    look(compiled)
  })

  it.each([0, 1, 3, 12_345.5])('read as written, with the number %d', (number) => {
    for (const [path, text] of pathsOf(texts)) {
      const values = valuesFor(text, number)
      const read = formatCompiled(path, compiledAt(compiled, path), values, options)
      const written = formatParsed(path, text, values, options)
      expect(plain(read), path).toBe(plain(written))
    }
  })
})
