import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AccountId,
  accountIdSchema,
  classIdSchema,
  type ClassRules,
  courseIdSchema,
  memberIdSchema,
  type Notification,
  type Permissions,
  type RemovedPerson,
  type Role,
  SignalingError,
  type WaitingPerson,
} from '../protocol/index.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { AttendanceList } from './attendance.ts'
import { LiveClass } from './live-class.ts'
import { Stamps } from '../stamps.ts'
import { Member } from './member.ts'
import { Redacted } from '../redacted.ts'

/** What one browser knows of how the class is run, from its entry and what it was told since. */
class View {
  rules: ClassRules
  waiting: WaitingPerson[]
  removed: RemovedPerson[]

  constructor(liveClass: LiveClass, member: Member) {
    const entry = liveClass.moderation.describeTo(member)
    this.rules = entry.rules
    this.waiting = entry.waiting
    this.removed = entry.removed
  }

  hear({ notification, data }: Notification): void {
    if (notification === 'rules') this.rules = data.rules
    if (notification === 'waiting') this.waiting = data.people
    if (notification === 'removedPeople') this.removed = data.people
  }
}

function openClass() {
  const clock = new ManualClock()
  const liveClass = new LiveClass(
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
      onMemberEnded: () => undefined,
      onEnded: () => undefined,
    },
  )
  const join = (role: Role, accountId: AccountId) => {
    const who = { memberId: memberIdSchema.parse(randomUUID()), accountId, role, name: 'N' }
    const member = new Member(who, 'token', clock)
    const view: { current: View | null } = { current: null }
    member.connection = {
      notify: (notification) => view.current?.hear(notification),
      end: () => undefined,
    }
    liveClass.add(member)
    view.current = new View(liveClass, member)
    return { member, view: view.current }
  }
  return { clock, liveClass, join }
}

const account = (): AccountId => accountIdSchema.parse(randomUUID())
const people = Array.from({ length: 4 }, account)

const permissions = fc.record<Partial<Permissions>>(
  {
    screen: fc.boolean(),
    chat: fc.boolean(),
    unmute: fc.boolean(),
    video: fc.boolean(),
  },
  { requiredKeys: [] },
)

type Command =
  | { kind: 'setRules'; permissions?: Partial<Permissions>; locked?: boolean }
  | { kind: 'knock' | 'admit' | 'decline' | 'remove' | 'letBackIn' | 'ask' | 'mute'; who: number }
  | { kind: 'admitAll' | 'muteAll' }

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record(
    { kind: fc.constant('setRules' as const), permissions, locked: fc.boolean() },
    { requiredKeys: ['kind'] },
  ),
  fc.record({
    kind: fc.constantFrom('knock', 'admit', 'decline', 'remove', 'letBackIn', 'ask', 'mute'),
    who: fc.nat({ max: people.length - 1 }),
  }),
  fc.record({ kind: fc.constantFrom('admitAll', 'muteAll') }),
)

describe('two teachers at once', () => {
  test('whatever they press, in any order, everyone ends with the same class before them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 40 }), async (commands) => {
        const { liveClass, join, clock } = openClass()
        const { moderation } = liveClass
        const [one, other] = [join('teacher', account()), join('teacher', account())]
        const student = join('student', account())
        const inside = new Map<AccountId, Member>()
        const underway: Promise<unknown>[] = []

        const enter = (sub: AccountId): void => {
          if (moderation.judge({ sub, role: 'student', wait: true, newcomer: false }) === 'wait') {
            const connection = { notify: () => undefined, end: () => undefined }
            const who = { accountId: sub, name: 'N', role: 'student' as const, since: clock.now() }
            moderation.waitingRoom.knock(who, connection)
          } else if (inside.get(sub)?.ended !== false) inside.set(sub, join('student', sub).member)
        }
        const run = (next: Command): void => {
          const sub = 'who' in next ? people[next.who] : undefined
          const member = sub === undefined ? undefined : inside.get(sub)
          if (next.kind === 'setRules') underway.push(moderation.setRules(next))
          else if (next.kind === 'admitAll') moderation.admitAll()
          else if (next.kind === 'muteAll') underway.push(moderation.muteAll())
          else if (sub === undefined) return
          else if (next.kind === 'knock') enter(sub)
          else if (next.kind === 'admit') moderation.admit(sub)
          else if (next.kind === 'decline') moderation.decline(sub)
          else if (next.kind === 'letBackIn') moderation.letBackIn(sub)
          else if (member === undefined || member.ended) return
          else if (next.kind === 'ask') moderation.askToUnmute(member)
          else if (next.kind === 'mute') underway.push(moderation.stop(member, 'microphone'))
          else {
            moderation.keepOut(sub, member.name)
            liveClass.expel(member.accountId, 'by-teacher')
          }
        }
        for (const next of commands) {
          try {
            run(next)
          } catch (error) {
            expect(error).toBeInstanceOf(SignalingError)
          }
        }
        await Promise.all(underway)

        expect(one.view.rules).toEqual(moderation.rules)
        expect(student.view.rules).toEqual(moderation.rules)
        const truth = new View(liveClass, one.member)
        expect(other.view).toEqual(one.view)
        expect(one.view).toEqual(truth)
        expect(student.view.waiting).toEqual([])
        expect(student.view.removed).toEqual([])
        for (const { accountId } of truth.removed) {
          // Nobody is out and in, or out and at the door.
          expect(liveClass.membershipsOf(new Redacted(accountId))).toEqual([])
          expect(truth.waiting.map((waiting) => waiting.accountId)).not.toContain(accountId)
        }
        for (const member of liveClass.members) {
          const mayUnmute = moderation.may(member, 'unmute')
          expect(mayUnmute).toBe(
            member.role === 'teacher' || moderation.rules.permissions.unmute || member.askedToSpeak,
          )
        }
      }),
      { numRuns: 300 },
    )
  })

  test('the last word of the rules holds, field by field', async () => {
    const change = fc.record(
      { permissions, locked: fc.boolean(), restHiddenVideo: fc.boolean() },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(change), async (changes) => {
        const { moderation } = openClass().liveClass
        let expected = { ...moderation.rules.permissions, locked: false, restHiddenVideo: false }
        await Promise.all(
          changes.map((next) => {
            expected = { ...expected, ...next.permissions }
            if (next.locked !== undefined) expected.locked = next.locked
            expected.restHiddenVideo = next.restHiddenVideo ?? expected.restHiddenVideo
            return moderation.setRules(next)
          }),
        )
        const { locked, restHiddenVideo, ...rest } = expected
        expect(moderation.rules).toEqual({ permissions: rest, locked, restHiddenVideo })
      }),
    )
  })
})

test('attendance: spans never overlap, and nobody is here who has no membership', () => {
  const step = fc.record({ who: fc.nat({ max: 2 }), comes: fc.boolean(), after: fc.nat(100) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const list = new AttendanceList()
      const open = [0, 0, 0]
      let now = 1_000
      for (const { who, comes, after } of steps) {
        now += after
        const accountId = new Redacted(people[who] ?? account())
        const before = open[who] ?? 0
        if (comes) list.came({ accountId, name: new Redacted('N'), role: 'student' }, now)
        else list.left({ accountId }, now)
        open[who] = Math.max(0, before + (comes ? 1 : -1))
      }
      const described = list.describe()
      for (const { spans } of described) {
        let end = 0
        for (const [index, { from, to }] of spans.entries()) {
          expect(from).toBeGreaterThanOrEqual(end)
          if (index < spans.length - 1) expect(to).not.toBeNull()
          end = to ?? now
          expect(end).toBeGreaterThanOrEqual(from)
        }
        expect(spans.length).toBeLessThanOrEqual(100)
      }
      const here = described.filter(({ spans }) => spans.at(-1)?.to === null).length
      expect(here).toBe(open.filter((count) => count > 0).length)
    }),
  )
})

describe('who was sent out', () => {
  test('does not come back as a guest or under a new account, while students come as before', () => {
    const { liveClass, join } = openClass()
    const { moderation } = liveClass
    const judge = (role: Role, sub = account(), newcomer = false) =>
      moderation.judge({ sub, role, wait: false, newcomer })
    const known = join('guest', account()).member
    const late = join('student', account()).member
    expect(judge('guest')).toBe('enter')
    expect(judge('student', account(), true)).toBe('enter')
    const [sentOut = account()] = people
    moderation.keepOut(sentOut, known.name)
    expect(judge('guest')).toBe('wait')
    expect(judge('guest', known.accountId.reveal())).toBe('enter')
    expect(judge('student')).toBe('enter')
    expect(judge('student', account(), true)).toBe('wait')
    expect(judge('student', late.accountId.reveal(), true)).toBe('enter')
    expect(judge('teacher', account(), true)).toBe('enter')
    moderation.letBackIn(sentOut)
    expect(judge('guest')).toBe('enter')
    expect(judge('student', account(), true)).toBe('enter')
  })
})
