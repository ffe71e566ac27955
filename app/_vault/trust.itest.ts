import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fromB64u } from './format/bytes.ts'
import { encodeClassKey } from './format/course-key.ts'
import { encodeGrant } from './format/grant.ts'
import { keyId, signDocument } from './format/signed.ts'
import { AccountKeys } from './keys/account-keys.ts'
import { sodium, toB64u } from './sodium.ts'
import {
  INTERVAL_MS,
  TestPeople,
  answer,
  codeOf,
  seat,
  tap,
  type Meeting,
  type Person,
} from './testing/test-people.ts'
import type { ClassEntry, PauseReason } from './verbs.ts'

let people: TestPeople
let teacher: Person
let student: Person
let other: Person
let courseId: string

beforeAll(async () => {
  people = await TestPeople.open()
  teacher = await people.signUp('Grace', true)
  student = await people.signUp('Ada')
  other = await people.signUp('Bob')
  courseId = await people.openCourse(teacher)
  await people.enrol(teacher, student, courseId)
  await people.enrol(teacher, other, courseId)
})
afterAll(() => people.close())

/** Changes what web answers to one tab, on its way. */
function altering(person: Person, end: string, change: (body: Body) => void): void {
  person.tab.intercept = async (path, init, go) => {
    const response = await go()
    if (!path.endsWith(end) || (init.method ?? 'GET') !== 'GET') return response
    const body = (await response.json()) as Body
    change(body)
    return Response.json(body)
  }
}

function honest(): void {
  for (const tab of people.tabs) tab.intercept = (_path, _init, go) => go()
}

interface Generation {
  number: number
  publicKey: string
  signed: string
}
interface Body {
  rootGrant: string
  classKey: { publicKey: string; signed: string; signerId: string } | null
  generations: Generation[]
  grants: { subjectId: string; granterId: string; role: string; signed: string }[]
  people: { accountId: string; role: string; publicKeys: { sign: string; box: string } }[]
}

describe('an invitation', () => {
  it('is refused when the server shows another root than the link names', async () => {
    const guest = await people.signUp('Mallory')
    const { courseId: foreign } = await teacher.tab.call('createCourse', { name: 'Another' })
    const origin = 'http://x'
    const own = new URL((await teacher.tab.call('inviteLink', { courseId, origin })).url)
    const theirs = new URL(
      (await teacher.tab.call('inviteLink', { courseId: foreign, origin })).url,
    )
    const token = own.pathname.split('/').at(-1) ?? ''
    const join = (fragment: string): Promise<string> =>
      codeOf(guest.tab.call('joinCourse', { token, fragment }))
    expect(await join(theirs.hash)).toBe('root-mismatch')
    expect(await join('#%%')).toBe('bad-format')
    expect(await join(own.hash)).toBe('accepted')
  })
})

describe('a class key', () => {
  let meeting: Meeting

  beforeEach(async () => {
    honest()
    meeting = await people.startClass(teacher, courseId)
    await meeting.hub.enter(teacher.tab, seat(teacher, 'teacher'), meeting.now())
    return async () => {
      honest()
      for (const { memberId } of meeting.hub.present()) await meeting.hub.drop(memberId)
      for (const { tab } of [student, teacher]) {
        await tab.call('leaveClass', { classId: meeting.classId, ended: true })
      }
      await teacher.browser.call('endClass', { id: meeting.classId }, {})
    }
  })

  async function enter(): Promise<ClassEntry> {
    const { memberId } = seat(student, 'student')
    const { classId } = meeting
    return student.tab.call('enterClass', {
      classId,
      memberId,
      role: 'student',
      clockOffset: meeting.offset(student.tab),
    })
  }

  /** What the student's vault makes of an altered server: why it pauses, and that nothing leaves. */
  async function pausesFor(end: string, change: (body: Body) => void): Promise<PauseReason | null> {
    student.tab.events.length = 0
    altering(student, end, change)
    const { paused } = await enter()
    honest()
    await people.pass(INTERVAL_MS)
    if (paused) expect(student.tab.of('send')).toEqual([])
    await student.tab.call('leaveClass', { classId: meeting.classId, ended: false })
    return paused
  }

  /** A class key made by this account, whoever it is. */
  function keyBy(account: { accountId: string; keys: AccountKeys }, generation: Generation) {
    const pair = sodium.crypto_box_keypair()
    const body = encodeClassKey({
      classId: meeting.classId,
      courseId,
      generation: generation.number,
      generationKey: keyId(fromB64u(generation.publicKey)),
      publicKey: pair.publicKey,
      signerId: account.accountId,
      signerKey: account.keys.id,
    })
    const signed = toB64u(signDocument('attune/class-key/1', body, account.keys.signKey))
    return { publicKey: toB64u(pair.publicKey), signed, signerId: account.accountId }
  }

  it('is used when a teacher of the course signed it', async () => {
    expect(await pausesFor('/readings', () => undefined)).toBeNull()
  })

  it('is refused when its signature does not hold, or its key was swapped', async () => {
    const altered = await pausesFor('/readings', ({ classKey }) => {
      if (classKey) classKey.publicKey = toB64u(sodium.crypto_box_keypair().publicKey)
    })
    const forged = await pausesFor('/readings', ({ classKey }) => {
      if (!classKey) return
      const bytes = fromB64u(classKey.signed)
      bytes[0] = (bytes[0] ?? 0) ^ 1
      classKey.signed = toB64u(bytes)
    })
    expect([altered, forged]).toEqual(['class-key-not-vouched', 'class-key-not-vouched'])
  })

  it('is refused from one whom the roster does not vouch for, whatever the server says', async () => {
    const roster = await teacher.browser.call('roster', { id: courseId }, null)
    const generation = roster.generations.at(-1)
    if (!generation) throw new Error('no generation')
    const accountId = other.account.accountId
    const impostor = { accountId, keys: AccountKeys.create() }
    const byStranger = await pausesFor('/readings', (body) => {
      Object.assign(body.classKey ?? {}, keyBy(impostor, generation))
    })
    expect(byStranger).toBe('class-key-not-vouched')
    // The server also invents a grant, signed by the impostor's own key in the teacher's name.
    const grant = encodeGrant({
      courseId,
      number: 1,
      accountId,
      role: 'teacher',
      keys: impostor.keys.public,
      name: 'Bob',
      granterId: teacher.account.accountId,
      granterKey: fromB64u(roster.people[0]?.publicKeys.sign ?? '').slice(0, 8),
      at: 0,
    })
    const signed = toB64u(signDocument('attune/grant/1', grant, impostor.keys.signKey))
    student.tab.events.length = 0
    student.tab.intercept = async (path, _init, go) => {
      const response = await go()
      if (!path.endsWith('/readings') && !path.endsWith('/roster')) return response
      const body = (await response.json()) as Body
      if (path.endsWith('/readings')) {
        Object.assign(body.classKey ?? {}, keyBy(impostor, generation))
      } else {
        body.grants.push({
          ...body.grants[0],
          subjectId: accountId,
          granterId: teacher.account.accountId,
          role: 'teacher',
          signed,
        })
      }
      return Response.json(body)
    }
    expect((await enter()).paused).toBe('class-key-not-vouched')
    await student.tab.call('leaveClass', { classId: meeting.classId, ended: false })
  })

  it('is refused with another root, a generation that nobody signed, or a roster that went back', async () => {
    const root = await pausesFor('/roster', ({ grants }) => {
      const keys = AccountKeys.create()
      const [first] = grants
      if (!first) return
      const body = encodeGrant({
        courseId,
        number: 0,
        accountId: first.subjectId,
        role: 'teacher',
        keys: keys.public,
        name: 'Grace',
        granterId: first.subjectId,
        granterKey: keys.id,
        at: 0,
      })
      first.signed = toB64u(signDocument('attune/grant/1', body, keys.signKey))
    })
    const generation = await pausesFor('/roster', ({ generations }) => {
      const newest = generations.at(-1)
      if (newest) newest.publicKey = toB64u(sodium.crypto_box_keypair().publicKey)
    })
    // The student has seen generation 2 before: the server may not fall behind it.
    await teacher.tab.call('saveSettings', { courseId, settings: await fullHistory() })
    await pausesFor('/roster', () => undefined)
    const back = await pausesFor('/roster', ({ generations }) => void generations.pop())
    expect([root, generation, back]).toEqual([
      'root-mismatch',
      'generation-broken',
      'roster-broken',
    ])
  })

  async function fullHistory() {
    const { settings } = await teacher.browser.call('course', { id: courseId }, null)
    return { ...settings, historyPolicy: 'full-history' as const }
  }
})

describe('new generations', () => {
  it('ask anew only where the text changed, pause the running class, and shut out who was removed', async () => {
    honest()
    const helper = await people.signUp('Hedy')
    const id = await people.openCourse(teacher)
    for (const person of [student, other, helper]) await people.enrol(teacher, person, id)
    const accountId = helper.account.accountId
    const grant = (confirmedName: string) =>
      teacher.tab.call('setRole', { courseId: id, accountId, role: 'teacher', confirmedName })
    expect(await codeOf(grant('Somebody else'))).toBe('name-not-confirmed')
    await grant('Hedy')
    const first = await people.startClass(teacher, id)
    await first.hub.enter(helper.tab, seat(helper, 'teacher'), first.now())
    const enter = async (meeting: Meeting): Promise<ClassEntry> => {
      const { memberId } = seat(student, 'student')
      const args = { classId: meeting.classId, memberId, role: 'student' as const }
      return student.tab.call('enterClass', { ...args, clockOffset: meeting.offset(student.tab) })
    }
    expect(await enter(first)).toMatchObject({ paused: null, consent: { state: 'ask' } })
    await answer(student, first.classId, true)

    await teacher.tab.call('removePerson', { courseId: id, accountId })
    expect(await enter(first)).toMatchObject({ paused: 'settings-changed' })
    const roster = await teacher.browser.call('roster', { id }, null)
    expect(roster.generations.map(({ number }) => number)).toEqual([1, 2])
    expect(await codeOf(helper.tab.call('prepareClass', { classId: first.classId }))).not.toBe(
      'accepted',
    )
    for (const { tab } of [student, helper]) {
      await tab.call('leaveClass', { classId: first.classId, ended: true })
    }
    await teacher.browser.call('endClass', { id: first.classId }, {})

    // The text is the same: nobody is asked anew, and the new class runs under the new key.
    const second = await people.startClass(teacher, id)
    await second.hub.enter(teacher.tab, seat(teacher, 'teacher'), second.now())
    expect(await enter(second)).toMatchObject({ paused: null, consent: { state: 'allowed' } })
    expect(await tap(student, second.classId, 'happy')).toBe(true)

    // A consent that the server turned round is not believed.
    altering(student, '/readings', (body) => {
      const { consent } = body as Body & { consent: { signed: string } }
      const bytes = fromB64u(consent.signed)
      bytes[100] = (bytes[100] ?? 0) ^ 1
      consent.signed = toB64u(bytes)
    })
    expect(await enter(second)).toMatchObject({ consent: { state: 'ask' } })
    honest()
    await teacher.tab.call('leaveClass', { classId: second.classId, ended: true })
  })
})
