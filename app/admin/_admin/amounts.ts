/** Amounts as people read them: bytes, spans of time, processor load. Pure. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes in the largest unit that leaves a whole number, three digits at most. */
export function bytesText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = value < 10 && unit > 0 ? 1 : 0
  return `${value.toFixed(digits)} ${UNITS[unit] ?? ''}`
}

/** A span in its two largest units: `3 d 4 h`, `12 min 5 s`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  if (first === -1) return '0 s'
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${String(count)} ${unit}`)
    .join(' ')
}

/**
 * The share of one core that was used between two counts of processor time.
 * @returns null while it cannot be known: no earlier count, no time between, or a process that began anew
 */
export function loadBetween(
  nowMilliseconds: number,
  beforeMilliseconds: number | undefined,
  seconds: number,
): number | null {
  if (beforeMilliseconds === undefined || seconds <= 0) return null
  const used = nowMilliseconds - beforeMilliseconds
  return used < 0 ? null : used / (seconds * 1000)
}
