import { describe, expect, it } from 'vitest'
import { draftOfSchedule, scheduleOf, timeZones, weekdayName } from './schedule-draft.ts'

const draft = draftOfSchedule(null, 'Europe/Berlin')

describe('the form of the weekly class', () => {
  it('begins with a lesson in this browser’s zone, and gives back what was saved', () => {
    const schedule = { weekday: 5, time: '14:30', minutes: 90, timeZone: 'America/New_York' }
    expect(scheduleOf(draft)).toEqual({
      weekday: 1,
      time: '09:00',
      minutes: 45,
      timeZone: 'Europe/Berlin',
    })
    expect(scheduleOf(draftOfSchedule(schedule, 'Europe/Berlin'))).toEqual(schedule)
  })

  it.each([
    { minutes: '' },
    { minutes: '4' },
    { minutes: '45.5' },
    { minutes: '1e2' },
    { time: '' },
    { time: '25:00' },
    { weekday: '8' },
    { timeZone: 'Nowhere' },
  ])('refuses %j', (change) => {
    expect(scheduleOf({ ...draft, ...change })).toBeNull()
  })

  it('names weekdays, Monday first', () => {
    expect([1, 7].map((day) => weekdayName(day, 'en'))).toEqual(['Monday', 'Sunday'])
    expect(timeZones('Asia/Kolkata')[0]).toBe('Asia/Kolkata')
  })
})
