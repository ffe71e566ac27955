import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  accountIdSchema,
  classIdSchema,
  courseIdSchema,
  memberIdSchema,
  type Notification,
  type Role,
} from '../protocol/index.ts'
import { Redacted } from '../redacted.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { LiveClass } from './live-class.ts'
import { Stamps } from '../stamps.ts'
import { Member } from './member.ts'

let clock: ManualClock
let liveClass: LiveClass
let over: Member[]
let ended: number

beforeEach(() => {
  clock = new ManualClock()
  over = []
  ended = 0
  liveClass = new LiveClass(
    {
      id: classIdSchema.parse(randomUUID()),
      courseId: courseIdSchema.parse(randomUUID()),
      startedAt: clock.now(),
      readings: 'off',
      intervalSeconds: 120,
    },
    {
      clock,
      newId: () => randomUUID(),
      stamps: new Stamps(Buffer.from('key')),
      gracePeriod: 30_000,
      teacherAbsenceLimit: 600_000,
      onMemberEnded: (member) => over.push(member),
      onEnded: () => {
        ended += 1
      },
    },
  )
})

function join(role: Role) {
  const told: Notification[] = []
  const codes: number[] = []
  const connection = {
    notify: (notification: Notification) => told.push(notification),
    end: (code: number) => codes.push(code),
  }
  const who = {
    memberId: memberIdSchema.parse(randomUUID()),
    accountId: accountIdSchema.parse(randomUUID()),
    role,
    name: 'Zed Private',
  }
  const member = new Member(who, 'token', clock)
  member.connection = connection
  liveClass.add(member)
  return { member, told, codes, connection, names: () => told.map((one) => one.notification) }
}

describe('presence', () => {
  test('others hear of coming, of an interruption, of a return and of leaving', () => {
    const watcher = join('teacher')
    const { member, connection } = join('student')
    liveClass.interrupt(member)
    clock.advance(29_999)
    member.connection = connection
    liveClass.resume(member)
    clock.advance(30_000)
    liveClass.remove(member)
    liveClass.remove(member)
    expect(watcher.names().filter((name) => name.startsWith('member'))).toEqual([
      'memberJoined',
      'memberUpdated',
      'memberUpdated',
      'memberLeft',
    ])
    expect(over).toEqual([member])
  })

  test('interrupted again and again, the grace period starts anew each time', () => {
    const { member, connection } = join('student')
    for (let count = 0; count < 5; count += 1) {
      liveClass.interrupt(member)
      clock.advance(20_000)
      member.connection = connection
      liveClass.resume(member)
    }
    expect(over).toEqual([])
    liveClass.interrupt(member)
    clock.advance(30_000)
    expect(over).toEqual([member])
  })

  test('a new name is told once, an unchanged one never', () => {
    const watcher = join('teacher')
    const { member } = join('student')
    liveClass.rename(member, new Redacted('Zed Private'))
    liveClass.rename(member, new Redacted('Zed Public'))
    expect(watcher.names().filter((name) => name === 'memberUpdated')).toHaveLength(1)
  })
})

describe('the end', () => {
  test('comes once, to all, and with it every membership', () => {
    const members = [join('teacher'), join('student')]
    liveClass.end('ended-by-teacher')
    liveClass.end('no-teacher')
    clock.advance(3_600_000)
    expect(ended).toBe(1)
    expect(over).toHaveLength(2)
    for (const { codes, told } of members) {
      expect(codes).toEqual([4004])
      expect(told.at(-1)).toEqual({
        notification: 'classEnded',
        data: { reason: 'ended-by-teacher' },
      })
    }
  })

  test('a teacher in the grace period is not absent yet', () => {
    const { member } = join('teacher')
    expect(liveClass.teacherAbsentSince).toBeNull()
    liveClass.interrupt(member)
    clock.advance(29_999)
    expect(liveClass.teacherAbsentSince).toBeNull()
    clock.advance(1)
    expect(liveClass.teacherAbsentSince).toBe(clock.now())
    clock.advance(600_000)
    expect(ended).toBe(1)
  })

  test('a class that no teacher ever entered ends too', () => {
    join('student')
    clock.advance(600_000)
    expect(ended).toBe(1)
  })
})

describe('readings', () => {
  const settings = { readings: 'expression', intervalSeconds: 5 } as const

  test('the newest word holds, and only a change is told', () => {
    const watcher = join('student')
    liveClass.noteReadings(settings, 100)
    liveClass.noteReadings({ readings: 'off', intervalSeconds: 60 }, 99)
    liveClass.noteReadings(settings, 101)
    expect(liveClass.info).toMatchObject(settings)
    expect(watcher.told.filter((one) => one.notification === 'readings')).toEqual([
      { notification: 'readings', data: settings },
    ])
  })

  test("web's command is told even where nothing changed: the class key may have", () => {
    const watcher = join('student')
    liveClass.setReadings({}, 100)
    expect(watcher.names()).toContain('readings')
  })
})

test('a member prints as a role', () => {
  const { member } = join('student')
  expect(inspect(member)).toBe('[member: student]')
  expect(inspect({ member }, { depth: 9 })).not.toContain('Zed')
})
