import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
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
import { openSchool, type TestSchool } from '../testing/test-school.ts'

describe('courses', () => {
  let school: TestSchool
  let teacher: Person
  let student: Person
  let id: string

  beforeEach(async () => {
    school = await openSchool()
    teacher = await enterFirst(school)
    student = await enter(school, { name: 'Sam' })
    id = await openCourse(teacher)
    school.clock.advance(1000)
    await enrol(teacher, id, student)
  })
  afterEach(() => school.close())

  const grantRole = (person: Person, role: 'teacher' | 'course-admin', by = teacher) =>
    by.browser.call(
      'setRole',
      { id, accountId: person.id },
      { role, grant: randomB64u(200), keyBox: { generation: 1, box: randomB64u(80) } },
    )
  const roster = async (person: Person) => person.browser.call('roster', { id }, null)

  it('gives a new course its creator, root grant and defaults', async () => {
    const course = await teacher.browser.call('course', { id }, null)
    expect(course).toMatchObject({ name: 'Mechanics', role: 'teacher', liveClassId: null })
    expect(course.settings).toEqual(settings({}))
    expect(course.people.map(({ name, role }) => [name, role])).toEqual([
      ['Grace', 'teacher'],
      ['Sam', 'student'],
    ])
    const { grants, generations } = await roster(student)
    expect(grants).toHaveLength(1)
    expect(grants[0]).toMatchObject({ subjectId: teacher.id, granterId: teacher.id, endedAt: null })
    expect(generations.map(({ number, box }) => [number, box])).toEqual([[1, null]])
    expect((await roster(teacher)).generations[0]?.box).not.toBeNull()
  })

  it('lets only people who may teach create one, and each id once', async () => {
    expect(await codeOf(openCourse(student))).toBe('may-not-teach')
    const again = {
      id,
      name: 'Other',
      rootGrant: randomB64u(9),
      generation: generation(1, [teacher.id]),
    }
    expect(await codeOf(teacher.browser.call('createCourse', {}, again))).toBe('course-exists')
    const noHolder = { ...again, id: randomUUID(), generation: generation(1, [student.id]) }
    expect(await codeOf(teacher.browser.call('createCourse', {}, noHolder))).toBe(
      'generation-outdated',
    )
    expect((await teacher.browser.call('listCourses', {}, null)).courses).toHaveLength(1)
  })

  it('shows the invite link to teachers alone, and an old one opens nothing', async () => {
    expect((await student.browser.call('course', { id }, null)).inviteToken).toBeNull()
    const { inviteToken } = await teacher.browser.call('course', { id }, null)
    const token = inviteToken ?? ''
    const stranger = school.browser()
    expect(await stranger.call('invite', { token }, null)).toMatchObject({
      courseName: 'Mechanics',
      teacherName: 'Grace',
      rootKeys: teacher.body.publicKeys,
      enrolled: false,
    })
    const renewed = await teacher.browser.call('renewInvite', { id }, {})
    expect(renewed.inviteToken).not.toBe(token)
    expect(await codeOf(stranger.call('invite', { token }, null))).toBe('invite-not-found')
  })

  it('enrols a person once, and not again after a removal', async () => {
    expect(await codeOf(enrol(teacher, id, student))).toBe('already-enrolled')
    await teacher.browser.call('removePerson', { id, accountId: student.id }, {})
    expect(await codeOf(student.browser.call('course', { id }, null))).toBe('course-not-found')
    expect(await codeOf(enrol(teacher, id, student))).toBe('removed-from-course')
    const { people } = await roster(teacher)
    expect(people.find(({ accountId }) => accountId === student.id)?.removedAt).not.toBeNull()
  })

  it('asks for a new generation exactly where the consent text changes', async () => {
    const save = (changes: object, number?: number) =>
      teacher.browser.call(
        'saveSettings',
        { id },
        {
          settings: settings(changes),
          ...(number === undefined
            ? {}
            : { generation: generation(number, [teacher.id], 'check-ins/1') }),
        },
      )
    await save({ readings: 'check-ins' })
    await save({ readings: 'check-ins', intervalSeconds: 5, support: true, guests: true })
    const full = { readings: 'check-ins', historyPolicy: 'full-history' }
    expect(await codeOf(save(full))).toBe('generation-needed')
    expect(await codeOf(save(full, 2))).toBe('generation-outdated')
    await teacher.browser.call(
      'saveSettings',
      { id },
      {
        settings: settings({ readings: 'check-ins', historyPolicy: 'full-history' }),
        generation: generation(2, [teacher.id], 'check-ins-full-history/1', 'full-history'),
      },
    )
    const { generations } = await roster(teacher)
    expect(generations.map(({ number }) => number)).toEqual([1, 2])
    expect((await teacher.browser.call('course', { id }, null)).settings.intervalSeconds).toBe(120)
  })

  it('refuses generations out of turn or sealed to people who hold none', async () => {
    const add = (...args: Parameters<typeof generation>) =>
      codeOf(teacher.browser.call('addGeneration', { id }, { generation: generation(...args) }))
    expect(await add(1, [teacher.id])).toBe('generation-outdated')
    expect(await add(3, [teacher.id])).toBe('generation-outdated')
    expect(await add(2, [teacher.id, student.id])).toBe('generation-outdated')
    expect(await add(2, [teacher.id, teacher.id])).toBe('generation-outdated')
    const own = { generation: generation(2, [teacher.id]) }
    await teacher.browser.call('addGeneration', { id }, own)
    const both = await Promise.allSettled([
      teacher.browser.call('addGeneration', { id }, { generation: generation(3, [teacher.id]) }),
      teacher.browser.call('addGeneration', { id }, { generation: generation(3, [teacher.id]) }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('gives a new teacher the key, and pauses readings when one goes', async () => {
    await grantRole(student, 'teacher')
    expect((await roster(student)).generations[0]?.box).not.toBeNull()
    const body = { role: 'student' as const }
    await teacher.browser.call('setRole', { id, accountId: student.id }, body)
    const after = await roster(student)
    expect(after.generationNeeded).toBe(true)
    expect(after.grants.filter(({ endedAt }) => endedAt === null)).toHaveLength(1)
    const next = { generation: generation(2, [teacher.id]) }
    await teacher.browser.call('addGeneration', { id }, next)
    expect((await roster(student)).generationNeeded).toBe(false)
    expect((await roster(student)).generations.at(-1)?.box).toBeNull()
  })

  it('takes the new generation together with a removal, and then nothing pauses', async () => {
    await grantRole(student, 'teacher')
    const params = { id, accountId: student.id }
    const stillAddressed = { generation: generation(2, [teacher.id, student.id]) }
    expect(await codeOf(teacher.browser.call('removePerson', params, stillAddressed))).toBe(
      'generation-outdated',
    )
    const next = { generation: generation(2, [teacher.id]) }
    await teacher.browser.call('removePerson', params, next)
    expect((await roster(teacher)).generationNeeded).toBe(false)
  })

  it('needs a grant for a role, an enrolment for a student, and another teacher for oneself', async () => {
    const to = (accountId: string, body: object, by = teacher) =>
      codeOf(by.browser.call('setRole', { id, accountId }, { role: 'teacher', ...body }))
    expect(await to(student.id, {})).toBe('grant-needed')
    expect(await to(teacher.id, { role: 'student' })).toBe('own-role')
    expect(await to(randomUUID(), { grant: randomB64u(9) })).toBe('not-enrolled')
    const outdated = { generation: 7, box: randomB64u(80) }
    expect(await to(student.id, { grant: randomB64u(9), keyBox: outdated })).toBe(
      'generation-outdated',
    )
    await grantRole(student, 'teacher')
    expect(await to(teacher.id, { role: 'student' }, student)).toBe('enrolment-needed')
    const { people } = await roster(teacher)
    expect(people.map(({ role }) => role)).toEqual(['teacher', 'teacher'])
  })

  it('keeps at least one teacher', async () => {
    const leave = { id, accountId: teacher.id }
    expect(await codeOf(teacher.browser.call('removePerson', leave, {}))).toBe('last-teacher')
    await grantRole(student, 'teacher')
    await teacher.browser.call('removePerson', leave, {})
    expect((await roster(student)).generationNeeded).toBe(true)
  })

  it('lets course admins remove students but no teacher, and anyone leave', async () => {
    const admin = await enter(school)
    const another = await enter(school)
    await enrol(teacher, id, admin)
    await enrol(teacher, id, another)
    const role = { role: 'course-admin' as const, grant: randomB64u(100) }
    await teacher.browser.call('setRole', { id, accountId: admin.id }, role)
    const remove = (who: Person, whom: Person) =>
      who.browser.call('removePerson', { id, accountId: whom.id }, {})
    expect(await codeOf(remove(admin, teacher))).toBe('not-permitted')
    expect(await codeOf(remove(student, another))).toBe('not-permitted')
    await remove(admin, another)
    await remove(student, student)
    expect((await roster(teacher)).people.filter((row) => row.removedAt === null)).toHaveLength(2)
  })

  it('hands the course key to no course admin unless the policy says so', async () => {
    expect(await codeOf(grantRole(student, 'course-admin'))).toBe('not-permitted')
    await teacher.browser.call(
      'saveSettings',
      { id },
      {
        settings: settings({ historyPolicy: 'full-history' }),
        generation: generation(2, [teacher.id], 'check-ins-full-history/1', 'full-history'),
      },
    )
    await teacher.browser.call(
      'setRole',
      { id, accountId: student.id },
      {
        role: 'course-admin',
        grant: randomB64u(100),
        keyBox: { generation: 2, box: randomB64u(80) },
      },
    )
    expect((await roster(student)).generations.at(-1)?.box).not.toBeNull()
  })

  it('takes consent to the present text only, and shows it to nobody else', async () => {
    const give = (body: ReturnType<typeof consent>, by = student) =>
      by.browser.call('giveConsent', { id }, body)
    expect(await codeOf(give(consent('granted')))).toBe('consent-outdated')
    await teacher.browser.call(
      'saveSettings',
      { id },
      { settings: settings({ readings: 'check-ins' }) },
    )
    expect(await codeOf(give(consent('granted', 'expression/1')))).toBe('consent-outdated')
    expect(await codeOf(give(consent('granted'), teacher))).toBe('not-permitted')
    const given = consent('granted')
    await give(given)
    const withdrawn = consent('withdrawn')
    await give(withdrawn)
    const seen = JSON.stringify([
      await roster(teacher),
      await teacher.browser.call('course', { id }, null),
      await school.context.db.auditEvent.findMany().then((rows) => rows.map(({ kind }) => kind)),
    ])
    for (const secret of [given.signed, withdrawn.signed, '"granted"', '"withdrawn"']) {
      expect(seen).not.toContain(secret)
    }
  })

  it('turns expression analysis off in every course at once when the school does', async () => {
    const policy = {
      expressionAnalysis: 'on' as const,
      country: 'JP',
      reason: '',
      openSignUp: true,
      minimumGroupFloor: 2,
      guardianAge: 0,
      lawfulConfirmed: true,
    }
    const save = (changes: object) =>
      teacher.browser.call('savePolicy', {}, { ...policy, ...changes })
    const enable = () =>
      teacher.browser.call(
        'saveSettings',
        { id },
        {
          settings: settings({ readings: 'expression' }),
          generation: generation(2, [teacher.id], 'expression/1'),
        },
      )
    expect(await codeOf(enable())).toBe('policy-forbids-expression')
    expect(await codeOf(save({ lawfulConfirmed: false }))).toBe('policy-not-confirmed')
    expect(await codeOf(save({ country: null }))).toBe('policy-not-confirmed')
    for (const country of ['DE', 'NO', 'IS', 'LI']) {
      expect(await codeOf(save({ country }))).toBe('policy-reason-needed')
    }
    expect(await codeOf(save({ country: 'DE', reason: '   ' }))).toBe('policy-reason-needed')
    await save({ country: 'DE', reason: 'Seizure watch for a pupil, agreed with the clinic.' })
    await enable()
    await save({ expressionAnalysis: 'off', minimumGroupFloor: 5 })
    const course = await teacher.browser.call('course', { id }, null)
    expect(course.settings).toMatchObject({ readings: 'off', minimumGroup: 5 })
    const low = { settings: settings({ minimumGroup: 4 }) }
    expect(await codeOf(teacher.browser.call('saveSettings', { id }, low))).toBe(
      'minimum-group-too-low',
    )
    const { log } = await teacher.browser.call('policy', {}, null)
    expect(log.map((row) => [row.name, row.expressionAnalysis, row.country])).toEqual([
      ['Grace', 'off', 'JP'],
      ['Grace', 'on', 'DE'],
    ])
  })
})
