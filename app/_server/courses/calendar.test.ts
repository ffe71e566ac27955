import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { courseSchedule } from '../../_wire/schedule.ts'
import { calendarFile } from './calendar-file.ts'
import { nextLesson, offsetAt, transitionsOf } from './zoned-time.ts'

const HOUR_MS = 3_600_000
const URL_OF_COURSE = 'https://school.example/courses/1'
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']

describe('the clock on the wall', () => {
  test('knows summer time, halves of hours, and the dates on which clocks change', () => {
    const winter = Date.UTC(2026, 0, 15)
    const summer = Date.UTC(2026, 6, 15)
    expect(offsetAt('Europe/Berlin', winter)).toBe(HOUR_MS)
    expect(offsetAt('Europe/Berlin', summer)).toBe(2 * HOUR_MS)
    expect(offsetAt('Asia/Kolkata', summer)).toBe(5.5 * HOUR_MS)
    expect(transitionsOf('Europe/Berlin', Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 31))).toEqual([
      { at: Date.UTC(2026, 2, 29, 1), from: HOUR_MS, to: 2 * HOUR_MS },
      { at: Date.UTC(2026, 9, 25, 1), from: 2 * HOUR_MS, to: HOUR_MS },
    ])
    expect(transitionsOf('Asia/Kolkata', winter, summer)).toEqual([])
  })

  test('the next lesson is on its day at its time, not over, and within a week', () => {
    fc.assert(
      fc.property(
        fc.record({
          weekday: fc.integer({ min: 1, max: 7 }),
          time: fc
            .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
            .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
          minutes: fc.integer({ min: 5, max: 720 }),
          timeZone: fc.constantFrom(...zones),
        }),
        fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2034, 0, 1) }),
        (schedule, now) => {
          courseSchedule.parse(schedule)
          const lesson = nextLesson(schedule, now)
          expect(lesson.getUTCDay()).toBe(schedule.weekday % 7)
          expect(lesson.toISOString().slice(11, 16)).toBe(schedule.time)
          const wallNow = now + offsetAt(schedule.timeZone, now)
          const end = lesson.getTime() + schedule.minutes * 60_000
          expect(end).toBeGreaterThan(wallNow)
          expect(lesson.getTime() - wallNow).toBeLessThanOrEqual(7 * 24 * HOUR_MS)
        },
      ),
    )
  })
})

describe('the calendar file', () => {
  const schedule = { weekday: 1, time: '10:00', minutes: 45, timeZone: 'Europe/Berlin' }
  const write = (name: string): string =>
    calendarFile({ id: '1', name, schedule, url: URL_OF_COURSE, now: Date.UTC(2026, 8, 2) })

  test('has one weekly event on the wall clock of its zone, whose changes it lists', () => {
    const text = write('Physics 10')
    expect(text).toContain('DTSTART;TZID=Europe/Berlin:20260907T100000')
    expect(text).toContain('DTEND;TZID=Europe/Berlin:20260907T104500')
    expect(text).toContain('RRULE:FREQ=WEEKLY;BYDAY=MO')
    expect(text).toContain('SUMMARY:Physics 10')
    expect(text).toMatch(/^DTSTAMP:20260902T000000Z\r?$/m)
    expect(text.match(/BEGIN:DAYLIGHT/g)?.length).toBeGreaterThanOrEqual(6)
    expect(text).toContain(
      'BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100',
    )
  })

  test('no name breaks out of its line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), (name) => {
        const lines = write(name).split('\r\n')
        expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1)
        expect(lines.filter((line) => line.startsWith('RRULE'))).toHaveLength(1)
      }),
      { numRuns: 30 },
    )
    expect(write('A;B,C\\"<b>')).toContain('SUMMARY:A\\;B\\,C\\\\"<b>')
  })
})

test.each([
  { weekday: 0 },
  { weekday: 8 },
  { time: '24:00' },
  { time: '9:00' },
  { minutes: 0 },
  { timeZone: 'Mars/Olympus' },
  { timeZone: '' },
  { timeZone: 'x'.repeat(500) },
])('a schedule with %j is refused', (change) => {
  const good = { weekday: 1, time: '09:00', minutes: 45, timeZone: 'UTC' }
  expect(courseSchedule.safeParse(good).success).toBe(true)
  expect(courseSchedule.safeParse({ ...good, ...change }).success).toBe(false)
})
