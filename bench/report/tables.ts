/** Tables as text for a terminal and as Markdown for the page of results. Pure. */
import type { Table } from './part.ts'

/** Columns of equal width: the first to the left, the others to the right. */
export function textTable({ title, columns, rows }: Table): string {
  const all = [columns, ...rows]
  const widths = columns.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)))
  const lines = all.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  return [title, ...lines, ''].join('\n')
}

/** A Markdown table under its title in bold. */
export function markdownTable({ title, columns, rows }: Table): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|')
  const line = (row: readonly string[]): string => `| ${row.map(cell).join(' | ')} |`
  const rule = columns.map((_, at) => (at === 0 ? '---' : '--:'))
  return [`**${title}**`, '', line(columns), `| ${rule.join(' | ')} |`, ...rows.map(line), ''].join(
    '\n',
  )
}

/** A number with as many digits as say something; – where none was measured. */
export function figure(value: number | null | undefined, unit = ''): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  const digits = size >= 100 || value === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3
  return `${value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`
}

export const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 2 : 1)} %`
