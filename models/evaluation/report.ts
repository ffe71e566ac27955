/**
 * The evaluation as text for people. It must never leave a picture without a reading out of the figures' words.
 */
import { EMOTIONS } from '../../app/_emotion/emotions.ts'
import type { Figures } from './figures.ts'

const percent = (value: number | null): string =>
  value === null ? '–' : `${(value * 100).toFixed(1)} %`

/** A table: the first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  return rows.map(line).join('\n')
}

/**
 * The report.
 * @param milliseconds median time a picture
 * @param unlabelled rows that were left out for want of a label
 */
export function reportOf(figures: Figures, milliseconds: number, unlabelled: number): string {
  const classes = figures.classes.filter(({ n, precision }) => n > 0 || precision !== null)
  const left = unlabelled > 0 ? `, ${unlabelled} rows without a label left out` : ''
  const unread =
    figures.unread > 0 ? `, ${figures.unread} without a reading (counted as wrong)` : ''
  return [
    `${figures.n} pictures${left}${unread}`,
    `accuracy ${percent(figures.accuracy)}, macro recall ${percent(figures.macroRecall)}, ` +
      `${milliseconds.toFixed(1)} ms a picture`,
    '',
    table([
      ['class', 'pictures', 'precision', 'recall'],
      ...classes.map(({ name, n, precision, recall }) => [
        name,
        String(n),
        percent(precision),
        percent(recall),
      ]),
    ]),
    '',
    'confusion (rows: labels, columns: predictions)',
    table([
      ['', ...EMOTIONS],
      ...figures.confusion.map((row, index) => [EMOTIONS[index] ?? '', ...row.map(String)]),
    ]),
    '',
  ].join('\n')
}
