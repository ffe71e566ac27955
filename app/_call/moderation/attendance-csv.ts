/**
 * The list of attendance as a table for a spreadsheet: one line a stay. Pure. A name that a spreadsheet
 * would take for a formula is written so that it does not.
 */
import Papa from 'papaparse'
import type { Attendance } from '../../../sfu/protocol/index.ts'

export type AttendanceWords = {
  columns: { name: string; role: string; from: string; to: string; minutes: string }
  roles: Readonly<Record<Attendance['role'], string>>
}

/**
 * The table as text.
 *
 * @param now for whoever is still here
 * @param timeOf how a time is written
 */
export function attendanceCsv(
  people: readonly Attendance[],
  words: AttendanceWords,
  now: number,
  timeOf: (at: number) => string,
): string {
  const { columns, roles } = words
  const fields = [columns.name, columns.role, columns.from, columns.to, columns.minutes]
  const data = people.flatMap(({ name, role, spans }) =>
    spans.map(({ from, to }) => [
      name,
      roles[role],
      timeOf(from),
      to === null ? '' : timeOf(to),
      String(minutesOf(from, to ?? now)),
    ]),
  )
  return Papa.unparse({ fields, data }, { escapeFormulae: true })
}

/** All of one person's stays together, in minutes. */
export function minutesPresent({ spans }: Attendance, now: number): number {
  return spans.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0) / 60_000
}

function minutesOf(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) / 60_000))
}
