/** What lists share: where a page begins, which order and filter a query names. */
import { Refusal } from './refusal.ts'

/** The number of rows before a page, from `?after=`. */
export function offsetOf(query: URLSearchParams): number {
  const text = query.get('after') ?? '0'
  if (!/^\d{1,7}$/.test(text)) throw new Refusal('bad-request')
  return Number(text)
}

/** `?name=` as one of `words`, the first where it is not said. */
export function wordOf<const Word extends string>(
  query: URLSearchParams,
  name: string,
  words: readonly [Word, ...Word[]],
): Word {
  const text = query.get(name)
  if (text === null) return words[0]
  const word = words.find((known) => known === text)
  if (word === undefined) throw new Refusal('bad-request')
  return word
}

/** `?order=`: ascending where it is not said. */
export function orderOf(query: URLSearchParams): 'asc' | 'desc' {
  return wordOf(query, 'order', ['asc', 'desc'])
}

/** `?search=`, trimmed and of bounded length. */
export function searchOf(query: URLSearchParams): string {
  return (query.get('search') ?? '').trim().slice(0, 100)
}

/** What the following page is asked by; null at the end. */
export function nextOf(skip: number, shown: number, total: number): string | null {
  return skip + shown < total ? String(skip + shown) : null
}
