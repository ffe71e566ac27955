/** Midnight of a day as a date box gives it, in this place, `later` days on; null while no day is chosen. */
export function dayOf(text: string, later = 0): number | null {
  const [year, month, day] = text.split('-').map(Number)
  if (!year || !month || !day) return null
  return new Date(year, month - 1, day + later).getTime()
}
