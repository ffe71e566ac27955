/**
 * The parts of `npm run bench`, by name, in the order in which all of them run. A part is loaded only when it is asked
 * for, since each brings peers and browsers of its own.
 */
import type { Part } from './report/part.ts'

export const parts: Readonly<Record<string, () => Promise<Part>>> = {
  pages: async () => (await import('./pages/pages.ts')).pages,
  joining: async () => (await import('./joining/joining.ts')).joining,
  mood: async () => (await import('./records/mood.ts')).mood,
  records: async () => (await import('./records/records.ts')).records,
  forwarding: async () => (await import('./forwarding/forwarding.ts')).forwarding,
  lecture: async () => (await import('./forwarding/forwarding.ts')).lecture,
  database: async () => (await import('./database/database.ts')).database,
  expression: async () => (await import('./expression.ts')).expression,
  tiles: async () => (await import('./tiles/tiles.ts')).tiles,
  healing: async () => (await import('./healing.ts')).healing,
  soak: async () => (await import('./soak.ts')).soak,
}

/** Those that run only when they are named: half an hour or more each, and no peer beside them. */
export const named: ReadonlySet<string> = new Set(['healing', 'soak'])
