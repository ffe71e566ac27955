import { describe, expect, it } from 'vitest'
import { calendarFile } from './calendar-file.ts'

describe('a calendar file', () => {
  it('holds the meeting at its moment, in lines that calendars read, and nothing else', () => {
    const text = calendarFile({
      id: 'case-1',
      title: 'Talk at school',
      startsAt: Date.UTC(2026, 10, 30, 9, 15),
      minutes: 45,
      now: Date.UTC(2026, 10, 28),
    })
    const lines = text.split('\r\n')
    expect(lines[0]).toBe('BEGIN:VCALENDAR')
    expect(lines.at(-1)).toBe('END:VCALENDAR')
    expect(lines).toContain('DTSTART:20261130T091500Z')
    expect(lines).toContain('DTEND:20261130T100000Z')
    expect(lines).toContain('SUMMARY:Talk at school')
    expect(lines).toContain('UID:case-1')
    expect(text).not.toMatch(/ATTENDEE|ORGANIZER|DESCRIPTION/)
  })
})
