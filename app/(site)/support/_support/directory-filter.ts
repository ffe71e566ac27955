/** Filters of the directory: pure. An entry without a country is for everywhere; one without languages says nothing of them. */
import type { DirectoryEntry } from '../../../_wire/support.ts'

/** Empty: any. */
export interface DirectoryFilter {
  readonly country: string
  readonly language: string
  readonly topic: string
}
export const ALL: DirectoryFilter = { country: '', language: '', topic: '' }

const base = (language: string): string => language.split('-')[0] ?? language

/** Help lines first, then by name. */
export function filterDirectory(
  entries: readonly DirectoryEntry[],
  { country, language, topic }: DirectoryFilter,
): DirectoryEntry[] {
  return entries
    .filter((entry) => {
      if (country !== '' && entry.country !== '' && entry.country !== country) return false
      if (language !== '' && !entry.languages.some((one) => base(one) === language)) return false
      return topic === '' || entry.topics.some((one) => one.toLowerCase() === topic.toLowerCase())
    })
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

function rank({ kind }: DirectoryEntry): number {
  return kind === 'help-line' ? 0 : 1
}

/** What there is to choose from. */
export function choicesOf(entries: readonly DirectoryEntry[]): {
  countries: string[]
  languages: string[]
  topics: string[]
} {
  const sorted = (values: readonly string[]): string[] =>
    [...new Set(values)].filter(Boolean).sort((a, b) => a.localeCompare(b))
  const topics = new Map<string, string>()
  for (const { topics: own } of entries)
    for (const one of own) if (!topics.has(one.toLowerCase())) topics.set(one.toLowerCase(), one)
  return {
    countries: sorted(entries.map(({ country }) => country)),
    languages: sorted(entries.flatMap(({ languages }) => languages.map(base))),
    topics: sorted([...topics.values()]),
  }
}
