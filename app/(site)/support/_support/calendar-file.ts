/** A meeting as a calendar file, made in the browser; it names nobody and no reason. */
import ical from 'ical-generator'

export interface CalendarMeeting {
  readonly id: string
  readonly title: string
  /** Milliseconds since 1970. */
  readonly startsAt: number
  readonly minutes: number
  readonly now: number
}

export function calendarFile({ id, title, startsAt, minutes, now }: CalendarMeeting): string {
  const calendar = ical({ prodId: { company: 'Attune', product: 'Support', language: 'EN' } })
  calendar.createEvent({
    id,
    start: new Date(startsAt),
    end: new Date(startsAt + minutes * 60_000),
    stamp: new Date(now),
    summary: title,
  })
  return calendar.toString()
}
