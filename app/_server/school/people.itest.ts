import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  chunk,
  classKey,
  codeOf,
  enrol,
  enter,
  enterFirst,
  openCourse,
  randomB64u,
  settings,
  type Person,
} from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'

const RIGHTS = { schoolAdmin: false, mayTeach: false, suspended: false }
const FINGERPRINT = 'AAAAAAAAAAAAAAAAAAAAAA'

describe('the admins’ desk', () => {
  let school: TestSchool
  let admin: Person
  beforeAll(async () => {
    school = await openSchool()
    admin = await enterFirst(school)
  })
  afterAll(() => school.close())
  beforeEach(() => {
    school.mail.letters.length = 0
  })

  const invite = (body: object) =>
    admin.browser.call(
      'inviteToSchool',
      {},
      { name: 'Emmy', mayTeach: true, ageGroup: '16-17', send: false, ...body },
    )
  const person = (id: string) => admin.browser.call('person', { id }, null)
  const importCsv = (csv: string, more: { dryRun?: boolean; send?: boolean } = {}) =>
    admin.browser.call('importPeople', {}, { csv, dryRun: false, send: false, ...more })

  describe('the list of people', () => {
    it('is searched, filtered and sorted by the server', async () => {
      await enter(school, { name: 'Zoe Zebra', email: 'zoe@far.example' })
      await enter(school, { name: 'Yan Yak', email: 'yan@far.example' })
      const ask = async (query: Record<string, string>) => {
        const { people } = await admin.browser.call('people', {}, null, { query })
        return people.map(({ name }) => name)
      }
      expect(await ask({ search: 'FAR.example', sort: 'name', order: 'desc' })).toEqual([
        'Zoe Zebra',
        'Yan Yak',
      ])
      expect(await ask({ search: 'zebra' })).toEqual(['Zoe Zebra'])
      expect(await ask({ filter: 'admins' })).toEqual(['Grace'])
      expect(await codeOf(ask({ sort: 'secretHash' }))).toBe('bad-request')
    })
  })

  describe('suspending', () => {
    it('ends sessions and memberships at once, and is undone as a whole', async () => {
      const teacher = await enter(school, { name: 'Tess' })
      await admin.browser.call('savePerson', { id: teacher.id }, { ...RIGHTS, mayTeach: true })
      const course = await openCourse(teacher)
      const { id: cls } = await teacher.browser.call('startClass', { id: course }, {})
      school.sfu.commands.length = 0
      await admin.browser.call(
        'savePerson',
        { id: teacher.id },
        { ...RIGHTS, mayTeach: true, suspended: true },
      )
      expect(school.sfu.commands).toEqual([{ cmd: 'revoke', cls, sub: teacher.id }])
      expect(await codeOf(teacher.browser.call('listCourses', {}, null))).toBe('not-signed-in')
      expect(await person(teacher.id)).toMatchObject({ suspended: true, sessions: 0 })
      const { people } = await admin.browser.call('people', {}, null, {
        query: { filter: 'suspended' },
      })
      expect(people.map(({ name }) => name)).toEqual(['Tess'])
      await admin.browser.call('savePerson', { id: teacher.id }, { ...RIGHTS, mayTeach: true })
      expect(await person(teacher.id)).toMatchObject({ suspended: false, mayTeach: true })
    })
  })

  describe('age groups', () => {
    it('tell whether a guardian answers, by the school’s age', async () => {
      const pupil = await enter(school, { name: 'Pia' })
      const { policy } = await admin.browser.call('policy', {}, null)
      const age = (guardianAge: number) =>
        admin.browser.call('savePolicy', {}, { ...policy, guardianAge, lawfulConfirmed: false })
      await age(16)
      expect((await person(pupil.id)).guardian).toBeNull()
      await admin.browser.call('savePerson', { id: pupil.id }, { ...RIGHTS, ageGroup: '13-15' })
      expect(await person(pupil.id)).toMatchObject({ ageGroup: '13-15', guardian: true })
      await age(0)
      expect((await person(pupil.id)).guardian).toBe(false)
      const { events } = await pupil.browser.call('ownAudit', {}, null)
      expect(events[0]).toMatchObject({ kind: 'age-group-set', detail: { ageGroup: '13-15' } })
    })
  })

  describe('invitations', () => {
    it('give the invited address its rights, once', async () => {
      const { token } = await invite({ email: 'Emmy@School.example' })
      expect(await school.browser().call('invitation', { token }, null)).toMatchObject({
        name: 'Emmy',
        email: 'emmy@school.example',
      })
      const other = { name: 'Mallory', email: 'm@school.example', invite: token }
      expect(await codeOf(enter(school, other))).toBe('invitation-other-address')
      // Nobody takes the address without the link.
      const early = { name: 'Mallory', email: 'emmy@school.example' }
      expect(await codeOf(enter(school, early))).toBe('invitation-needed')
      const emmy = await enter(school, {
        name: 'Emmy N.',
        email: 'emmy@school.example',
        invite: token,
      })
      expect(await person(emmy.id)).toMatchObject({ mayTeach: true, ageGroup: '16-17' })
      expect(await codeOf(school.browser().call('invitation', { token }, null))).toBe(
        'invitation-not-found',
      )
    })

    it('open a closed door, by a link for one person or after nothing any more', async () => {
      const { policy } = await admin.browser.call('policy', {}, null)
      const door = (openSignUp: boolean) =>
        admin.browser.call('savePolicy', {}, { ...policy, openSignUp, lawfulConfirmed: false })
      await door(false)
      const { token } = await invite({})
      await enter(school, { invite: token })
      expect(await codeOf(enter(school, { invite: token }))).toBe('sign-up-closed')
      const late = await invite({})
      school.clock.advance(31 * 86_400_000)
      expect(await codeOf(enter(school, { invite: late.token }))).toBe('sign-up-closed')
      // The month was long for sessions as well.
      admin = await signIn(admin)
      await door(true)
    })

    it('are filtered by state and sorted on the server', async () => {
      await invite({ email: 'zed@list.example', name: 'Zed' })
      school.clock.advance(1_000)
      await invite({ email: 'amy@list.example', name: 'Amy' })
      const list = async (query: Record<string, string>) => {
        const asked = { query: { search: '@list.example', ...query } }
        const { invitations } = await admin.browser.call('invitations', {}, null, asked)
        return invitations.map(({ name }) => name)
      }
      expect(await list({})).toEqual(['Amy', 'Zed'])
      expect(await list({ sort: 'name', order: 'desc' })).toEqual(['Zed', 'Amy'])
      expect(await list({ sort: 'name', order: 'asc', state: 'open' })).toEqual(['Amy', 'Zed'])
      for (const state of ['used', 'expired', 'revoked']) expect(await list({ state })).toEqual([])
      const { invitations } = await admin.browser.call('invitations', {}, null, {
        query: { search: 'zed@list' },
      })
      await admin.browser.call('revokeInvitation', { id: invitations[0]?.id ?? '' }, {})
      expect(await list({ state: 'revoked' })).toEqual(['Zed'])
      expect(await list({ state: 'open' })).toEqual(['Amy'])
    })

    it('go out by e-mail where the school can send any, and are withdrawn', async () => {
      const { sent, token } = await invite({ email: 'post@school.example', send: true })
      expect(sent).toBe(true)
      expect(school.mail.letters).toMatchObject([{ to: 'post@school.example' }])
      expect(school.mail.letters[0]?.text).toContain(`/welcome/${token}`)
      const find = { query: { search: 'post@' } }
      const { invitations } = await admin.browser.call('invitations', {}, null, find)
      expect(invitations).toMatchObject([{ state: 'open', name: 'Emmy' }])
      expect(invitations[0]?.sentAt).not.toBeNull()
      await admin.browser.call('revokeInvitation', { id: invitations[0]?.id ?? '' }, {})
      const after = await admin.browser.call('invitations', {}, null, find)
      expect(after.invitations).toMatchObject([{ state: 'revoked' }])
      expect(await codeOf(school.browser().call('invitation', { token }, null))).toBe(
        'invitation-not-found',
      )
    })

    it('keep no token in the database', async () => {
      const { token } = await invite({})
      const rows = await school.context.db.invitation.findMany()
      const kept = rows.map((row) => Buffer.from(row.tokenHash).toString('base64url'))
      expect(kept).not.toContain(token)
    })
  })

  async function signIn(who: Person): Promise<Person> {
    const { email, passwordSecret: secret } = who.body
    await who.browser.call('signIn', {}, { email, kind: 'password', secret })
    return who
  }

  describe('the import', () => {
    it('says row by row what is wrong, imports the rest, and a dry run changes nothing', async () => {
      const course = await openCourse(admin)
      const { inviteToken } = await admin.browser.call('course', { id: course }, null)
      const link = `${school.context.publicUrl}/invite/${inviteToken ?? ''}#${FINGERPRINT}`
      const known = await enter(school, { name: 'Known', email: 'known@school.example' })
      const csv = [
        'Name;E-Mail;May teach;Age group;Course',
        `Nora New;nora@school.example;no;13-15;${link}`,
        ';not an address;perhaps;old;',
        `Known;KNOWN@school.example;yes;;${link}`,
        ';nameless@school.example;;;',
        'Half;half@school.example;;;/invite/x',
        'Nora New;nora@school.example;;;',
      ].join('\r\n')
      const outcome = ({ rows }: { rows: { outcome: string; problems: string[] }[] }) =>
        rows.map((row) => [row.outcome, ...row.problems])
      const expected = [
        ['invite'],
        ['refused', 'email-invalid', 'yes-or-no', 'age-group-unknown', 'name-missing'],
        ['change'],
        ['refused', 'name-missing'],
        ['refused', 'link-incomplete'],
        ['refused', 'email-twice'],
      ]
      const counts = () =>
        Promise.all([
          school.context.db.invitation.count(),
          school.context.db.courseInvitation.count(),
          school.context.db.auditEvent.count(),
        ])
      const before = await counts()
      expect(outcome(await importCsv(csv, { dryRun: true }))).toEqual(expected)
      expect(await counts()).toEqual(before)

      const done = await importCsv(csv)
      expect(outcome(done)).toEqual(expected)
      expect((await person(known.id)).mayTeach).toBe(true)
      const nora = await enter(school, {
        name: 'Nora New',
        email: 'nora@school.example',
        invite: done.rows[0]?.token ?? '',
      })
      expect((await person(nora.id)).ageGroup).toBe('13-15')
      for (const invited of [nora, known]) {
        const { invitations } = await invited.browser.call('courseInvitations', {}, null)
        expect(invitations).toMatchObject([{ courseId: course, rootFingerprint: FINGERPRINT }])
      }
      const token = inviteToken ?? ''
      await nora.browser.call('joinCourse', { token }, { enrolment: randomB64u(200) })
      expect((await nora.browser.call('courseInvitations', {}, null)).invitations).toEqual([])
      // Again: nothing is left to do but what was refused.
      expect(outcome(await importCsv(csv))).toEqual([
        ['same'],
        ...expected.slice(1, 2).map((row) => row),
        ['change'],
        ...expected.slice(3),
      ])
    })

    it('refuses what is no table of people', async () => {
      for (const csv of ['name,telephone\nAda,1', 'x', `email\n${'a@b.example\n'.repeat(2001)}`]) {
        expect(await codeOf(importCsv(csv))).toBe('import-unreadable')
      }
    })

    it('sends the links where the school can send any', async () => {
      const csv = 'name,email\nOne,one@import.example\nTwo,two@import.example\n'
      const { sending, rows } = await importCsv(csv, { send: true })
      expect(sending).toBe(true)
      await expect
        .poll(() => school.mail.letters.map(({ to }) => to))
        .toEqual(['one@import.example', 'two@import.example'])
      expect(school.mail.letters[1]?.text).toContain(rows[1]?.token)
    })
  })

  describe('what is kept of a person', () => {
    it('is handed out whole, without what opens the account, and the person sees it', async () => {
      const { teacher, student, course, cls } = await classWithReadings()
      const { account, records } = await admin.browser.call('exportPerson', { id: student.id }, {})
      expect(account['email']).toBe(student.body.email)
      expect(records['enrolments']).toMatchObject([{ courseId: course }])
      expect(records['parts']).toMatchObject([{ classId: cls }])
      expect(records['waysIn']).toHaveLength(2)
      const text = JSON.stringify({ account, records })
      expect(text).not.toMatch(/secretHash|tokenHash|forCourse|privateBox/)
      const own = await student.browser.call('exportOwn', {}, null)
      expect(Object.keys(own.records)).toEqual(Object.keys(records))
      expect(own.records['contentKeys']).toEqual(records['contentKeys'])
      expect(text).not.toContain(teacher.body.email)
      const { events } = await student.browser.call('ownAudit', {}, null)
      expect(events[0]).toMatchObject({ kind: 'person-exported', actor: { name: 'Grace' } })
    })

    it('is erased: readings, keys and name go, and nobody gets in any more', async () => {
      const { teacher, student, course, cls } = await classWithReadings()
      const erase = (who: Person, more: object = {}) =>
        admin.browser.call(
          'erasePerson',
          { id: who.id },
          { email: who.body.email, evenLastTeacher: false, ...more },
        )
      expect(await codeOf(erase(student, { email: 'a@b.example' }))).toBe('address-differs')
      expect(await codeOf(erase(admin))).toBe('own-account')
      school.sfu.commands.length = 0
      await erase(student)
      expect(school.sfu.commands).toContainEqual({ cmd: 'revoke', cls, sub: student.id })
      expect(await codeOf(student.browser.call('listCourses', {}, null))).toBe('not-signed-in')
      const own = { where: { accountId: student.id } }
      const { db } = school.context
      expect([
        await db.chunkPart.count(own),
        await db.contentKey.count(own),
        await db.wayIn.count(own),
      ]).toEqual([0, 0, 0])
      expect(await codeOf(person(student.id))).toBe('account-not-found')
      // What a vault still has does not bring the readings back.
      const again = chunk(randomB64u(16), 0, [student.id])
      await teacher.browser.call('writeChunk', { id: cls }, again)
      expect(await db.chunkPart.count(own)).toBe(0)
      // The address is free again.
      await enter(school, { email: student.body.email })
      // The last teacher is erased on purpose only; the course then waits for a new key.
      expect(await codeOf(erase(teacher))).toBe('still-last-teacher')
      await erase(teacher, { evenLastTeacher: true })
      expect(await db.course.findUnique({ where: { id: course } })).toMatchObject({
        generationNeeded: true,
      })
    })

    async function classWithReadings() {
      const teacher = await enter(school, { name: 'Tom' })
      await admin.browser.call('savePerson', { id: teacher.id }, { ...RIGHTS, mayTeach: true })
      const course = await openCourse(teacher)
      const student = await enter(school, { name: 'Stu' })
      await enrol(teacher, course, student)
      const checkIns = { settings: settings({ readings: 'check-ins' }) }
      await teacher.browser.call('saveSettings', { id: course }, checkIns)
      const { id: cls } = await teacher.browser.call('startClass', { id: course }, {})
      await teacher.browser.call('putClassKey', { id: cls }, classKey(1))
      const body = chunk(randomB64u(16), 0, [student.id])
      await teacher.browser.call('writeChunk', { id: cls }, body)
      return { teacher, student, course, cls }
    }
  })
})
