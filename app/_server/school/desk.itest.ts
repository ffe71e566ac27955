import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweep } from '../jobs/sweep.ts'
import { enter, enterFirst, enrol, openCourse, randomB64u, type Person } from '../testing/people.ts'
import { codeOf } from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'

const DAY_MS = 86_400_000

describe('the desk', () => {
  let school: TestSchool
  let admin: Person
  let courseAdmin: Person
  let own: string
  let other: string
  beforeAll(async () => {
    school = await openSchool()
    admin = await enterFirst(school)
    own = await openCourse(admin)
    other = await openCourse(admin)
    courseAdmin = await enter(school, { name: 'Cora' })
    await enrol(admin, own, courseAdmin)
    const role = { role: 'course-admin' as const, grant: randomB64u(9) }
    await admin.browser.call('setRole', { id: own, accountId: courseAdmin.id }, role)
    await admin.browser.call('startClass', { id: other }, {})
  })
  afterAll(() => school.close())

  const courses = async (who: Person, query: Record<string, string> = {}) =>
    (await who.browser.call('deskCourses', {}, null, { query })).courses

  it('shows course admins their courses, school admins all of them, sorted', async () => {
    expect((await courses(courseAdmin)).map(({ id }) => id)).toEqual([own])
    expect((await courses(admin, { sort: 'people', order: 'desc' })).map(({ id }) => id)).toEqual([
      own,
      other,
    ])
    const [newest] = await courses(admin, { sort: 'lastClass', order: 'desc' })
    expect(newest).toMatchObject({ id: other, live: true, classes: 1, teachers: ['Grace'] })
    expect(await courses(admin, { search: 'no such course' })).toEqual([])
    expect(await codeOf(courseAdmin.browser.call('deskCourse', { id: other }, null))).toBe(
      'course-not-found',
    )
    const view = await courseAdmin.browser.call('deskCourse', { id: own }, null)
    expect(view.mayOpenHistory).toBe(false)
  })

  it('tells the session of a course admin, and of nobody else, that there is a desk', async () => {
    const of = async (who: Person) => (await who.browser.call('session', {}, null)).courseAdmin
    expect([await of(courseAdmin), await of(admin)]).toEqual([true, false])
  })

  it('filters the audit trail on the server, and keeps course admins to their courses', async () => {
    const kinds = async (who: Person, query: Record<string, string> = {}) => {
      const { events } = await who.browser.call('audit', {}, null, { query })
      return events.map(({ kind }) => kind)
    }
    expect(await kinds(courseAdmin)).toEqual([
      'role-changed',
      'course-joined',
      'course-created',
      'generation-added',
    ])
    expect(await kinds(courseAdmin, { course: other })).toEqual([])
    expect(await kinds(admin, { search: 'cora', kind: 'role-changed' })).toEqual(['role-changed'])
    expect(await kinds(admin, { person: courseAdmin.id })).toEqual([
      'role-changed',
      'course-joined',
      'account-created',
    ])
    const now = school.clock.now()
    expect(await kinds(admin, { from: String(now + 1) })).toEqual([])
    expect(await codeOf(kinds(admin, { kind: 'nonsense' }))).toBe('bad-request')
  })

  it('counts people and classes week by week', async () => {
    const { weeks, now } = await admin.browser.call('overview', {}, null)
    expect(weeks).toHaveLength(26)
    expect(new Date(weeks[0]?.start ?? 0).getUTCDay()).toBe(1)
    expect(weeks.at(-1)).toMatchObject({ classes: 1, people: 2, cases: 0 })
    expect(weeks.at(-2)).toMatchObject({ classes: 0, people: 0 })
    expect(now).toMatchObject({ people: 2, teachers: 1, courses: 2, liveClasses: 1 })
  })

  it('names the part of the service that does not answer', async () => {
    const well = await admin.browser.call('healthDetails', {}, null)
    expect(well.database?.bytes).toBeGreaterThan(1_000_000)
    expect(well.sfu[0]?.load?.workers).toHaveLength(1)
    school.sfu.alive = false
    const ill = await admin.browser.call('healthDetails', {}, null)
    school.sfu.alive = true
    expect(ill.sfu).toEqual([{ node: 'local', load: null }])
  })

  it('holds every course to the school’s limit, and forgets old lines of the trail', async () => {
    const { db } = school.context
    const live = await db.class.findFirstOrThrow({ where: { courseId: other } })
    await admin.browser.call('endClass', { id: live.id }, {})
    const key = new Uint8Array(32)
    await db.classKey.create({
      data: {
        classId: live.id,
        generation: 1,
        publicKey: key,
        signed: key,
        signerId: courseAdmin.id,
        privateBox: key,
        readings: 'check-ins',
        intervalSeconds: 60,
        minimumGroup: 3,
        acceptedAt: live.startedAt,
      },
    })
    await db.contentKey.create({
      data: {
        classId: live.id,
        writer: new Uint8Array(16),
        accountId: courseAdmin.id,
        forStudent: new Uint8Array(80),
        forCourse: new Uint8Array(80),
      },
    })
    school.clock.advance(20 * DAY_MS)
    await sweep(school.context)
    expect(await db.contentKey.count()).toBe(1)
    const limits = { readingsMaxDays: 25, auditDays: 30, invitationDays: 7 }
    await admin.browser.call('saveRetention', {}, limits)
    const { retention, courses: kept } = await admin.browser.call('retention', {}, null)
    expect(retention).toEqual(limits)
    expect(kept.find(({ id }) => id === other)).toMatchObject({ classesKept: 1, days: 180 })
    school.clock.advance(6 * DAY_MS)
    await sweep(school.context)
    expect(await db.contentKey.count()).toBe(0)
    expect(await db.auditEvent.count({ where: { kind: 'course-created' } })).toBe(2)
    school.clock.advance(5 * DAY_MS)
    await sweep(school.context)
    expect(await db.auditEvent.count({ where: { kind: 'course-created' } })).toBe(0)
    expect(await db.auditEvent.count({ where: { kind: 'retention-changed' } })).toBe(1)
  })
})
