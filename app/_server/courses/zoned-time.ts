/**
 * The clock on the wall of a time zone, and when it is set forward or back. Pure: time zones come from
 * the machine's own database by Intl.
 */

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a format is slow, and there are only so many zones. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}

/** Milliseconds that a wall clock of the zone is ahead of UTC at an instant. */
export function offsetAt(timeZone: string, instant: number): number {
  const parts = formatOf(timeZone).formatToParts(instant)
  const of = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value)
  const wall = Date.UTC(
    of('year'),
    of('month') - 1,
    of('day'),
    of('hour'),
    of('minute'),
    of('second'),
  )
  return wall - Math.floor(instant / 1_000) * 1_000
}

export interface Transition {
  /** The instant at which the new offset holds. */
  readonly at: number
  /** Milliseconds ahead of UTC, before and from then on. */
  readonly from: number
  readonly to: number
}

const DAY_MS = 86_400_000
/** Zones that change more often than this between two looks do not exist. */
const LOOK_MS = 7 * DAY_MS

/** Every change of the zone's offset between two instants, in order. */
export function transitionsOf(timeZone: string, start: number, end: number): Transition[] {
  const transitions: Transition[] = []
  let before = offsetAt(timeZone, start)
  for (let look = start + LOOK_MS; look <= end; look += LOOK_MS) {
    const after = offsetAt(timeZone, look)
    if (after !== before) {
      let [low, high] = [look - LOOK_MS, look]
      while (high - low > 1_000) {
        const middle = Math.floor((low + high) / 2_000) * 1_000
        if (offsetAt(timeZone, middle) === before) low = middle
        else high = middle
      }
      transitions.push({ at: high, from: before, to: after })
    }
    before = after
  }
  return transitions
}

/**
 * The wall-clock time of the next weekly lesson that has not ended, in the fields of a UTC date.
 *
 * @param schedule weekday (Monday is 1), `HH:MM`, minutes and zone
 */
export function nextLesson(
  schedule: { weekday: number; time: string; minutes: number; timeZone: string },
  now: number,
): Date {
  const { timeZone, minutes } = schedule
  const wallNow = now + offsetAt(timeZone, now)
  const [hours = 0, minute = 0] = schedule.time.split(':').map(Number)
  const midnight = Math.floor(wallNow / DAY_MS) * DAY_MS
  const today = new Date(midnight).getUTCDay()
  const daysAhead = (schedule.weekday - today + 7) % 7
  const start = midnight + daysAhead * DAY_MS + (hours * 60 + minute) * 60_000
  return new Date(start + minutes * 60_000 > wallNow ? start : start + 7 * DAY_MS)
}
