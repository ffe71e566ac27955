import { decodeJwt, importSPKI, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ticketClaimsSchema } from '../../../sfu/protocol/ticket.ts'
import { pollClasses } from '../jobs/poll-classes.ts'
import {
  classKey,
  codeOf,
  consent,
  enrol,
  enter,
  enterFirst,
  generation,
  openCourse,
  randomB64u,
  settings,
  type Person,
} from '../testing/people.ts'
import { openSchool, ORIGIN, type TestSchool } from '../testing/test-school.ts'

const MINUTE_MS = 60_000

describe('classes', () => {
  let school: TestSchool
  let teacher: Person
  let student: Person
  let courseId: string
  let id: string

  beforeEach(async () => {
    school = await openSchool()
    teacher = await enterFirst(school)
    student = await enter(school, { name: 'Sam' })
    courseId = await openCourse(teacher)
    await enrol(teacher, courseId, student)
    id = (await teacher.browser.call('startClass', { id: courseId }, {})).id
    school.sfu.commands.length = 0
  })
  afterEach(() => school.close())

  const save = (changes: Parameters<typeof settings>[0]) =>
    teacher.browser.call('saveSettings', { id: courseId }, { settings: settings(changes) })
  const readings = (person: Person) => person.browser.call('readings', { id }, null)
  const putKey = (person = teacher, number = 1) =>
    person.browser.call('putClassKey', { id }, classKey(number))

  it('runs one class a course, whoever starts it', async () => {
    const again = await Promise.all(
      [1, 2, 3].map(() => teacher.browser.call('startClass', { id: courseId }, {})),
    )
    expect(new Set(again.map((row) => row.id))).toEqual(new Set([id]))
    expect(await codeOf(student.browser.call('startClass', { id: courseId }, {}))).toBe(
      'not-permitted',
    )
    await teacher.browser.call('endClass', { id }, {})
    const next = await teacher.browser.call('startClass', { id: courseId }, {})
    expect(next.id).not.toBe(id)
    const [course] = (await student.browser.call('listCourses', {}, null)).courses
    expect(course?.liveClassId).toBe(next.id)
  })

  it('issues tickets that the media server takes, in the role of the course', async () => {
    await save({ readings: 'check-ins', intervalSeconds: 30 })
    const key = await importSPKI(school.ticketPublicKey, 'EdDSA')
    for (const [person, role] of [
      [teacher, 'teacher'],
      [student, 'student'],
    ] as const) {
      const answer = await person.browser.call('ticket', { id }, {})
      expect(answer.signalingUrl).toBe('/signaling/local')
      const { payload } = await jwtVerify(answer.ticket, key, {
        audience: ORIGIN,
        currentDate: new Date(school.clock.now()),
      })
      const claims = ticketClaimsSchema.parse(payload)
      expect(claims).toMatchObject({ sub: person.id, cls: id, crs: courseId, role, node: 'local' })
      expect(claims).toMatchObject({ readings: 'check-ins', interval: 30 })
      expect(claims.exp - claims.iat).toBe(60)
    }
  })

  it('keeps people out who are not enrolled, and guests unless the course takes them', async () => {
    const outsider = await enter(school)
    const stranger = school.browser()
    expect(await codeOf(outsider.browser.call('ticket', { id }, {}))).toBe('guests-not-allowed')
    expect(await codeOf(stranger.call('ticket', { id }, { name: 'Zoe' }))).toBe('not-signed-in')
    await save({ guests: true, readings: 'check-ins' })
    expect(await codeOf(stranger.call('ticket', { id }, {}))).toBe('guest-name-needed')
    const first = decodeJwt((await stranger.call('ticket', { id }, { name: 'Zoe' })).ticket)
    expect(first).toMatchObject({ role: 'guest', name: 'Zoe' })
    const renewed = decodeJwt((await stranger.call('ticket', { id }, {})).ticket)
    expect(renewed).toMatchObject({ sub: first.sub, name: 'Zoe' })
    expect(renewed.jti).not.toBe(first.jti)
    expect(await stranger.call('readings', { id }, null)).toMatchObject({
      role: 'guest',
      mode: 'off',
      generation: null,
      classKey: null,
    })
    const forged = school.browser()
    const [name, value = ''] = [...stranger.cookies][0] ?? ['']
    forged.cookies.set(name, value.replace(first.sub ?? '', teacher.id))
    const other = decodeJwt((await forged.call('ticket', { id }, { name: 'Zoe' })).ticket)
    expect([first.sub, teacher.id]).not.toContain(other.sub)
  })

  it('shows out who is refused a renewal, removed, demoted or suspended', async () => {
    const out = () => school.sfu.commands.filter(({ cmd }) => cmd === 'revoke')
    await teacher.browser.call('removePerson', { id: courseId, accountId: student.id }, {})
    const revoked = { cmd: 'revoke', cls: id, sub: student.id }
    expect(out()).toEqual([{ ...revoked, why: 'access' }])
    expect(await codeOf(student.browser.call('ticket', { id }, {}))).toBe('removed-from-course')
    expect(out()).toEqual([{ ...revoked, why: 'access' }, revoked])
    const other = await enter(school)
    await enrol(teacher, courseId, other)
    const role = { role: 'course-admin' as const, grant: randomB64u(50) }
    await teacher.browser.call('setRole', { id: courseId, accountId: other.id }, role)
    // Another role may enter again at once.
    expect(out().at(-1)).toEqual({ cmd: 'revoke', cls: id, sub: other.id, why: 'role' })
    const suspension = { schoolAdmin: false, mayTeach: false, suspended: true }
    await teacher.browser.call('savePerson', { id: other.id }, suspension)
    expect(out()).toHaveLength(4)
    expect(await codeOf(other.browser.call('ticket', { id }, {}))).toBe('not-signed-in')
  })

  it('ends for all, once, and lets nobody in after it', async () => {
    expect(await codeOf(student.browser.call('endClass', { id }, {}))).toBe('not-permitted')
    await teacher.browser.call('endClass', { id }, {})
    const { endedAt } = await student.browser.call('class', { id }, null)
    school.clock.advance(MINUTE_MS)
    await teacher.browser.call('endClass', { id }, {})
    expect((await student.browser.call('class', { id }, null)).endedAt).toBe(endedAt)
    expect(school.sfu.commands.filter(({ cmd }) => cmd === 'end-class')).toHaveLength(2)
    expect(await codeOf(teacher.browser.call('ticket', { id }, {}))).toBe('class-ended')
    expect(await codeOf(putKey())).toBe('class-ended')
  })

  it('takes the first class key and gives it to whoever comes second', async () => {
    expect(await codeOf(putKey())).toBe('readings-off')
    await save({ readings: 'check-ins' })
    expect(await codeOf(putKey(student))).toBe('not-permitted')
    expect(await codeOf(putKey(teacher, 2))).toBe('generation-outdated')
    expect((await readings(student)).paused).toBe('no-class-key')
    const answers = await Promise.all([putKey(), putKey(), putKey()])
    expect(answers.map(({ accepted }) => accepted).sort()).toEqual([false, false, true])
    expect(new Set(answers.map(({ classKey }) => classKey.publicKey)).size).toBe(1)
    const [theirs, mine] = [await readings(student), await readings(teacher)]
    expect(theirs.classKey).toEqual({ ...mine.classKey, privateBox: null })
    expect(mine.classKey?.privateBox).toBe(answers[0].classKey.privateBox)
    expect(theirs).toMatchObject({ mode: 'check-ins', paused: null, consentText: 'check-ins/1' })
    expect(theirs.keptDays).toBe(180)
    expect(school.sfu.commands.filter(({ cmd }) => cmd === 'readings')).toHaveLength(2)
  })

  it('fixes interval and minimum group with the key, and pauses when the keys change', async () => {
    await save({ readings: 'check-ins', intervalSeconds: 20, minimumGroup: 3 })
    await putKey()
    await save({ readings: 'check-ins', intervalSeconds: 60, minimumGroup: 2 })
    const fixed = { intervalSeconds: 20, minimumGroup: 3 }
    expect(await readings(student)).toMatchObject({ ...fixed, mode: 'check-ins', paused: null })
    const next = { generation: generation(2, [teacher.id]) }
    await teacher.browser.call('addGeneration', { id: courseId }, next)
    expect(await readings(student)).toMatchObject({ ...fixed, paused: 'settings-changed' })
    await save({ readings: 'off' })
    expect(await readings(student)).toMatchObject({ mode: 'off', paused: null, consentText: null })
    expect(school.sfu.commands.at(-1)).toEqual({
      cmd: 'readings',
      cls: id,
      readings: 'off',
      interval: 20,
    })
  })

  it('pauses readings when a holder of the key has gone', async () => {
    await save({ readings: 'check-ins' })
    const grant = { role: 'teacher' as const, grant: randomB64u(50) }
    const keyBox = { generation: 1, box: randomB64u(80) }
    const person = { id: courseId, accountId: student.id }
    await teacher.browser.call('setRole', person, { ...grant, keyBox })
    await putKey()
    await teacher.browser.call('setRole', person, { role: 'student' })
    expect((await readings(teacher)).paused).toBe('generation-needed')
  })

  it('answers the own consent and nobody else’s', async () => {
    await save({ readings: 'check-ins' })
    const given = consent('granted')
    await student.browser.call('giveConsent', { id: courseId }, given)
    const other = await enter(school)
    await enrol(teacher, courseId, other)
    expect((await readings(student)).consent).toMatchObject(given)
    expect((await readings(other)).consent).toBeNull()
    expect((await readings(teacher)).consent).toBeNull()
  })

  it('learns from the media server which classes ended, and nothing from its silence', async () => {
    const ended = async () => (await teacher.browser.call('class', { id }, null)).endedAt
    const members = { teacher: 1, student: 1, guest: 0 }
    const tell = (endedAt: number | null) => {
      const claims = ticketClaimsSchema.shape.cls.parse(id)
      school.sfu.answer = {
        classes: [{ id: claims, members, teacherAbsentSince: null, endedAt }],
      }
    }
    tell(null)
    await pollClasses(school.context)
    school.sfu.answer = null
    school.clock.advance(60 * MINUTE_MS)
    await pollClasses(school.context)
    expect(await ended()).toBeNull()
    tell(school.clock.now() - 5)
    await pollClasses(school.context)
    expect(await ended()).toBe(school.clock.now() - 5)
  })

  it('ends a class that the media server has lost, after a while', async () => {
    const ended = async () => (await teacher.browser.call('class', { id }, null)).endedAt
    school.sfu.answer = { classes: [] }
    school.clock.advance(59 * MINUTE_MS)
    await pollClasses(school.context)
    expect(await ended()).toBeNull()
    school.clock.advance(MINUTE_MS)
    await pollClasses(school.context)
    expect(await ended()).toBe(school.clock.now())
  })
})
