/**
 * The directory as a CSV file, out and in: one line an entry, lists with semicolons. A file with a wrong line is refused
 * whole, and the line is named; nothing is guessed. Cells that a spreadsheet would take for a formula go out with a
 * mark before them, and lose it on the way in.
 */
import Papa from 'papaparse'
import { directoryEntry, type DirectoryEntry } from '../../_wire/support.ts'

export const COLUMNS = [
  'name',
  'kind',
  'country',
  'languages',
  'topics',
  'phone',
  'email',
  'website',
  'hours',
  'about',
] as const satisfies readonly (keyof DirectoryEntry)[]

/** Why a file was refused: the line as an editor counts, and the column or what is the matter. */
export interface CsvProblem {
  readonly line: number
  readonly what: string
}
export type CsvResult =
  { readonly entries: readonly DirectoryEntry[] } | { readonly problem: CsvProblem | null }

const FORMULA = /^[=+\-@\t\r']/

const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)
const bare = (text: string): string => (/^'[=+\-@\t\r']/.test(text) ? text.slice(1) : text)

export function writeCsv(entries: readonly DirectoryEntry[]): string {
  const data = entries.map((entry) =>
    COLUMNS.map((column) => {
      const value = entry[column]
      return guarded(typeof value === 'string' ? value : value.join('; '))
    }),
  )
  const text = Papa.unparse({ fields: [...COLUMNS], data }, { newline: '\r\n' })
  return text.endsWith('\r\n') ? text : `${text}\r\n`
}

const list = (text: string): string[] =>
  text
    .split(';')
    .map((one) => one.trim())
    .filter(Boolean)

export function readCsv(text: string): CsvResult {
  const { data, meta, errors } = Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim().toLowerCase(),
  })
  const known = COLUMNS.every((column) => meta.fields?.includes(column))
  if (!known) return { problem: null }
  const [broken] = errors
  if (broken) return { problem: { line: (broken.row ?? 0) + 2, what: broken.message } }
  const entries: DirectoryEntry[] = []
  for (const [at, row] of data.entries()) {
    const cell = (column: (typeof COLUMNS)[number]): string => bare((row[column] ?? '').trim())
    const parsed = directoryEntry.safeParse({
      ...Object.fromEntries(COLUMNS.map((column) => [column, cell(column)])),
      country: cell('country').toUpperCase(),
      languages: list(cell('languages').toLowerCase()),
      topics: list(cell('topics')),
    })
    if (!parsed.success) {
      const what = String(parsed.error.issues[0]?.path[0] ?? 'row')
      return { problem: { line: at + 2, what } }
    }
    entries.push(parsed.data)
  }
  return { entries }
}
