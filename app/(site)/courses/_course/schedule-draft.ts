/**
 * The weekly class's form while it is being typed, its check, and its words. Pure. It must never move a
 * time from one zone to another: what is typed is the clock on the wall of the course.
 */
import { courseSchedule, type CourseSchedule } from '../../../_wire/schedule.ts'

/** All text, as the browser's controls give it. */
export interface ScheduleDraft {
  weekday: string
  time: string
  minutes: string
  timeZone: string
}

/** The form's first values: what holds, or a lesson in this browser's zone. */
export function draftOfSchedule(schedule: CourseSchedule | null, zone: string): ScheduleDraft {
  if (schedule === null) return { weekday: '1', time: '09:00', minutes: '45', timeZone: zone }
  const { weekday, minutes } = schedule
  return { ...schedule, weekday: String(weekday), minutes: String(minutes) }
}

/** The schedule that a draft says; null where it says none. */
export function scheduleOf(draft: ScheduleDraft): CourseSchedule | null {
  const whole = (text: string): number =>
    /^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN
  const parsed = courseSchedule.safeParse({
    ...draft,
    weekday: whole(draft.weekday),
    minutes: whole(draft.minutes),
  })
  return parsed.success ? parsed.data : null
}

/** A Monday, so that adding days gives each weekday its name. */
const MONDAY = Date.UTC(2024, 0, 1)

/** The name of a weekday (Monday is 1). */
export function weekdayName(weekday: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
    MONDAY + (weekday - 1) * 86_400_000,
  )
}

/** Every time zone that this browser knows, the given one first. */
export function timeZones(first: string): string[] {
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== first)
  return [first, ...others]
}
