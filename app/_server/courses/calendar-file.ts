/**
 * The calendar file of a course: one event that repeats each week, with the rules of its time zone
 * beside it, so that a calendar needs to know no zone by name. It must never hold a person's name.
 */
import {
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventRepeatingFreq,
  ICalWeekday,
} from 'ical-generator'
import type { CourseSchedule } from '../../_wire/schedule.ts'
import { nextLesson, offsetAt, transitionsOf } from './zoned-time.ts'

/** For how long changes of summer time are written down. */
const YEARS_AHEAD = 6
const YEAR_MS = 366 * 86_400_000

const WEEKDAYS = [
  ICalWeekday.MO,
  ICalWeekday.TU,
  ICalWeekday.WE,
  ICalWeekday.TH,
  ICalWeekday.FR,
  ICalWeekday.SA,
  ICalWeekday.SU,
]

export interface CalendarOptions {
  readonly id: string
  readonly name: string
  readonly schedule: CourseSchedule
  /** The course's page. */
  readonly url: string
  readonly now: number
}

/** The text of the file. */
export function calendarFile({ id, name, schedule, url, now }: CalendarOptions): string {
  const { timeZone: zone } = schedule
  const calendar = new ICalCalendar({
    name,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Attune', product: 'Classes' },
    timezone: { name: zone, generator: (tzid) => timeZoneRules(tzid, now) },
  })
  const start = nextLesson(schedule, now)
  const weekday = WEEKDAYS[schedule.weekday - 1] ?? ICalWeekday.MO
  calendar.createEvent({
    id: `${id}@attune`,
    // The library writes the UTC fields of a date as the zone's wall clock.
    start,
    end: new Date(start.getTime() + schedule.minutes * 60_000),
    timezone: zone,
    stamp: new Date(now),
    summary: name,
    description: url,
    location: url,
    url,
    repeating: { freq: ICalEventRepeatingFreq.WEEKLY, byDay: [weekday] },
  })
  // RFC 5545, section 3.8.7.2: the stamp is in UTC, whatever the event's zone.
  return calendar.toString().replace(/^(DTSTAMP:\d{8}T\d{6})(?=\r?$)/m, '$1Z')
}

/** The zone as a VTIMEZONE: its offset now, and every change of the coming years. */
function timeZoneRules(zone: string, now: number): string {
  const begin = now - YEAR_MS
  const transitions = transitionsOf(zone, begin, now + YEARS_AHEAD * YEAR_MS)
  const first = offsetAt(zone, begin)
  const offsets = [first, ...transitions.map(({ to }) => to)]
  // Summer time is what is ahead of the zone's least offset.
  const standard = Math.min(...offsets)
  const observance = (at: number, from: number, to: number): string[] => {
    const kind = to > standard ? 'DAYLIGHT' : 'STANDARD'
    return [
      `BEGIN:${kind}`,
      `DTSTART:${basicTime(at + from)}`,
      `TZOFFSETFROM:${offsetText(from)}`,
      `TZOFFSETTO:${offsetText(to)}`,
      `END:${kind}`,
    ]
  }
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...observance(begin, first, first),
    ...transitions.flatMap(({ at, from, to }) => observance(at, from, to)),
    'END:VTIMEZONE',
  ].join('\r\n')
}

/** The UTC fields of a time, as `20260901T080000`. */
function basicTime(wall: number): string {
  return new Date(wall).toISOString().replaceAll(/[-:]|\.\d+Z/g, '')
}

/** `+0530`; seconds only where there are any. */
function offsetText(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1_000
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const rest = seconds % 60 === 0 ? '' : two(seconds % 60)
  const sign = milliseconds < 0 ? '-' : '+'
  return `${sign}${two(seconds / 3_600)}${two((seconds % 3_600) / 60)}${rest}`
}
