/**
 * Who may call what and open what: every route and every page against every kind of caller. A route
 * without a row does not compile, a page without one fails.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_SUPPORT_RULE } from '../../_wire/notices.ts'
import { routePath } from '../../_wire/route-path.ts'
import { routes, type RouteName } from '../../_wire/routes.ts'
import {
  chunk,
  classKey,
  consent,
  enrol,
  enter,
  enterFirst,
  generation,
  openCourse,
  randomB64u,
  settings,
  signUpBody,
  supportCase,
  type Person,
} from './people.ts'
import {
  ROLES,
  ANYONE,
  SIGNED_IN,
  MAY_TEACH,
  ENROLLED,
  STAFF,
  TEACHERS,
  STUDENTS,
  IN_CLASS,
  CLASS_TEACHERS,
  CLASS_STUDENTS,
  VISITORS,
  SCHOOL_ADMINS,
  DESK,
  DESK_COURSE,
  IN_CASE,
  CASE_STUDENT,
  CASE_HELPER,
  type Refusals,
  type Role,
} from './refusals.ts'
import { deskAt } from '../../admin/_admin/sections.ts'
import { pageDoors, pageFiles } from './pages.ts'
import {
  loadRoute,
  openSchool,
  routeFiles,
  type TestBrowser,
  type TestSchool,
} from './test-school.ts'

/** Codes that speak of who asks. */
const OF_RIGHTS = new Set([
  'not-signed-in',
  'not-permitted',
  'may-not-teach',
  'course-not-found',
  'class-not-found',
  'case-not-found',
  'guests-not-allowed',
  'removed-from-course',
])

const policy = {
  expressionAnalysis: 'off',
  country: null,
  reason: '',
  openSignUp: true,
  minimumGroupFloor: 2,
  guardianAge: 0,
  lawfulConfirmed: false,
}
const wrapped = signUpBody()
const { publicKeys, privateBox } = wrapped
const resetCode = '0123456789ABCDE'
const proof = { kind: 'password', secret: randomB64u(32) }

/** Who passes, and a body of the right form: what else a use case finds wrong does not count here. */
const matrix: Record<RouteName, readonly [Refusals, body?: unknown]> = {
  signUp: [ANYONE, signUpBody({ email: 'taken@school.example' })],
  signInSalt: [ANYONE, { email: 'a@school.example', kind: 'password' }],
  signIn: [ANYONE, { email: 'a@school.example', ...proof }],
  session: [ANYONE],
  accountKeys: [SIGNED_IN],
  changePassword: [
    SIGNED_IN,
    { proof, passwordWrap: wrapped.passwordWrap, passwordSecret: randomB64u(32) },
  ],
  readBox: [SIGNED_IN],
  writeBox: [SIGNED_IN, { replaces: 0, box: randomB64u(9) }],
  ownParts: [SIGNED_IN],
  ownAudit: [SIGNED_IN],
  renewKeys: [SIGNED_IN, { proof, keyChange: randomB64u(260), publicKeys, privateBox, boxes: [] }],
  heldKeys: [SIGNED_IN],
  changeRecovery: [
    SIGNED_IN,
    { proof, recoveryWrap: wrapped.recoveryWrap, recoverySecret: randomB64u(32) },
  ],
  ownSessions: [SIGNED_IN],
  endOtherSessions: [SIGNED_IN, {}],
  endSession: [SIGNED_IN, {}],
  exportOwn: [SIGNED_IN],
  openReset: [ANYONE, { email: 'a@school.example', code: resetCode }],
  resetAccount: [
    ANYONE,
    {
      email: 'a@school.example',
      code: resetCode,
      keyChange: randomB64u(260),
      publicKeys,
      privateBox,
      passwordWrap: wrapped.passwordWrap,
      recoveryWrap: wrapped.recoveryWrap,
      passwordSecret: randomB64u(32),
      recoverySecret: randomB64u(32),
    },
  ],
  issueReset: [SCHOOL_ADMINS, {}],
  personConsents: [SCHOOL_ADMINS, {}],
  listCourses: [SIGNED_IN],
  createCourse: [
    MAY_TEACH,
    {
      id: randomUUID(),
      name: 'New',
      rootGrant: randomB64u(9),
      generation: generation(1, [randomUUID()]),
    },
  ],
  course: [ENROLLED],
  saveSettings: [STAFF, { settings: settings({ readings: 'check-ins' }) }],
  roster: [ENROLLED],
  addGeneration: [TEACHERS, { generation: generation(9, [randomUUID()]) }],
  renewInvite: [STAFF, {}],
  saveSchedule: [STAFF, { schedule: null }],
  calendar: [ENROLLED],
  setRole: [TEACHERS, { role: 'teacher' }],
  removePerson: [STAFF, {}],
  giveConsent: [STUDENTS, consent('granted')],
  // Whoever was removed may still erase.
  eraseOwn: [
    {
      ...SIGNED_IN,
      outsider: 'course-not-found',
      'other-teacher': 'course-not-found',
      'other-admin': 'course-not-found',
      admin: 'course-not-found',
    },
    { tombstone: randomB64u(9), upTo: 0 },
  ],
  invite: [ANYONE],
  joinCourse: [SIGNED_IN, { enrolment: randomB64u(9) }],
  courseHistory: [TEACHERS],
  keyHolders: [STAFF],
  handOver: [
    TEACHERS,
    { accountId: randomUUID(), boxes: [{ generation: 1, box: randomB64u(80) }] },
  ],
  startClass: [TEACHERS, {}],
  class: [VISITORS],
  ticket: [VISITORS, {}],
  readings: [VISITORS],
  putClassKey: [CLASS_TEACHERS, classKey(1)],
  chunks: [{ ...IN_CLASS, 'course-admin': 'not-permitted' }],
  writeChunk: [CLASS_TEACHERS, chunk(randomB64u(16), 0, [])],
  lateRecords: [CLASS_TEACHERS],
  sendLateRecords: [CLASS_STUDENTS, { records: [randomB64u(256)] }],
  dropLateRecords: [CLASS_TEACHERS, { ids: [randomB64u(32)] }],
  policy: [SCHOOL_ADMINS],
  savePolicy: [SCHOOL_ADMINS, policy],
  people: [SCHOOL_ADMINS],
  person: [SCHOOL_ADMINS],
  exportPerson: [SCHOOL_ADMINS, {}],
  erasePerson: [SCHOOL_ADMINS, { email: 'another@school.example', evenLastTeacher: false }],
  invitations: [SCHOOL_ADMINS],
  inviteToSchool: [SCHOOL_ADMINS, { name: '', mayTeach: false, ageGroup: 'unknown', send: false }],
  revokeInvitation: [SCHOOL_ADMINS, {}],
  importPeople: [SCHOOL_ADMINS, { csv: 'email\nx', dryRun: true, send: false }],
  invitation: [ANYONE],
  courseInvitations: [SIGNED_IN],
  overview: [SCHOOL_ADMINS],
  deskCourses: [DESK],
  deskCourse: [DESK_COURSE],
  audit: [DESK],
  healthDetails: [SCHOOL_ADMINS],
  retention: [SCHOOL_ADMINS],
  saveRetention: [SCHOOL_ADMINS, { readingsMaxDays: 3650, auditDays: 3650, invitationDays: 30 }],
  connectionTest: [SIGNED_IN, {}],
  useAnalysis: [SIGNED_IN, {}],
  resultRecipients: [SIGNED_IN],
  ownResults: [SIGNED_IN],
  submitResult: [
    SIGNED_IN,
    {
      id: randomUUID(),
      courseId: null,
      keys: [{ accountId: randomUUID(), key: randomB64u(80) }],
      box: randomB64u(64),
    },
  ],
  withdrawResult: [SIGNED_IN, {}],
  submittedResults: [DESK],
  // Whoever is no recipient is told that there is no such result.
  openResult: [SIGNED_IN, {}],
  savePerson: [SCHOOL_ADMINS, { schoolAdmin: false, mayTeach: false, suspended: false }],
  health: [ANYONE],
  ownNotices: [SIGNED_IN],
  courseNotices: [TEACHERS],
  saveSupportRule: [STAFF, DEFAULT_SUPPORT_RULE],
  sendNotices: [CLASS_TEACHERS, { notices: [] }],
  support: [SIGNED_IN],
  listCases: [SIGNED_IN],
  openCase: [SIGNED_IN, supportCase([randomUUID()])],
  case: [IN_CASE],
  addToCase: [IN_CASE, { box: randomB64u(9) }],
  addNote: [
    CASE_HELPER,
    { box: randomB64u(9), keys: [{ accountId: randomUUID(), key: randomB64u(9) }] },
  ],
  setCaseState: [CASE_HELPER, { state: 'in-contact' }],
  answerSuggestion: [CASE_STUDENT, { suggestedId: randomUUID(), share: null }],
  withdrawCase: [CASE_STUDENT, {}],
  suggestHelper: [SCHOOL_ADMINS, { accountId: null }],
  adminCases: [SCHOOL_ADMINS],
  saveStaff: [SCHOOL_ADMINS, { accountId: randomUUID(), trusted: true }],
  directory: [SIGNED_IN],
  saveDirectory: [SCHOOL_ADMINS, { replaces: 0, entries: [] }],
  chat: [SIGNED_IN, { messages: [{ role: 'person', text: 'Hello' }], language: 'en' }],
  // Last: they end what the others need.
  endClass: [CLASS_TEACHERS, {}],
  signOut: [ANYONE, {}],
}

describe('permissions', () => {
  let school: TestSchool
  let parameters: Record<string, Record<string, string>>
  const browsers = new Map<Role, TestBrowser>()

  beforeAll(async () => {
    school = await openSchool()
    const admin = await enterFirst(school)
    const someone = (name: string) => enter(school, { name })
    const teacher = await someone('Teacher')
    const rights = { schoolAdmin: false, mayTeach: true, suspended: false }
    await admin.browser.call('savePerson', { id: teacher.id }, rights)
    const course = await openCourse(teacher)
    const enrolled = async (name: string): Promise<Person> => {
      const person = await someone(name)
      await enrol(teacher, course, person)
      return person
    }
    const victim = await enrolled('Victim')
    const courseAdmin = await enrolled('Course admin')
    const role = { role: 'course-admin' as const, grant: randomB64u(9) }
    await teacher.browser.call('setRole', { id: course, accountId: courseAdmin.id }, role)
    const removed = await enrolled('Removed')
    await teacher.browser.call('removePerson', { id: course, accountId: removed.id }, {})
    const suspended = await enrolled('Suspended')
    // The session is left, so that it is seen to be worth nothing.
    const suspendedAt = new Date(school.clock.now())
    await school.context.db.account.update({ where: { id: suspended.id }, data: { suspendedAt } })
    const otherTeacher = await someone('Other teacher')
    await admin.browser.call('savePerson', { id: otherTeacher.id }, rights)
    const other = await openCourse(otherTeacher)
    const otherAdmin = await someone('Other admin')
    await enrol(otherTeacher, other, otherAdmin)
    await otherTeacher.browser.call('setRole', { id: other, accountId: otherAdmin.id }, role)
    const people: Record<Exclude<Role, 'nobody'>, Person> = {
      'other-teacher': otherTeacher,
      'other-admin': otherAdmin,
      suspended,
      outsider: await enter(school, { name: 'Outsider', email: 'taken@school.example' }),
      removed,
      admin,
      student: await enrolled('Student'),
      'course-admin': courseAdmin,
      teacher,
    }
    browsers.set('nobody', school.browser())
    for (const name of ROLES) if (name !== 'nobody') browsers.set(name, people[name].browser)
    const checkIns = { settings: settings({ readings: 'check-ins' }) }
    await teacher.browser.call('saveSettings', { id: course }, checkIns)
    const { id } = await teacher.browser.call('startClass', { id: course }, {})
    await teacher.browser.call('putClassKey', { id }, classKey(1))
    const shared = supportCase([teacher.id])
    await people.student.browser.call('openCase', {}, shared)
    const rest = {
      accountId: victim.id,
      token: randomB64u(16),
      name: 'pins',
      session: randomB64u(32),
    }
    parameters = {
      courses: { ...rest, id: course },
      classes: { ...rest, id },
      admin: { ...rest, id: victim.id },
      support: { ...rest, id: shared.id },
    }
  })
  afterAll(() => school.close())

  async function outcome(name: RouteName, role: Role): Promise<string | null> {
    const route = routes[name]
    const place = /^\/api\/admin\/courses/.test(route.path) ? 'courses' : route.path.split('/')[2]
    const filled = parameters[place ?? ''] ?? parameters['courses']
    const path = routePath(route.path, { ...filled })
    const init: RequestInit = { method: route.method }
    if (route.body !== null) {
      init.headers = { 'content-type': 'application/json' }
      init.body = JSON.stringify(matrix[name][1])
    }
    const response = await browsers.get(role)?.fetch(path, init)
    if (response === undefined) throw new TypeError(role)
    if (response.ok) return null
    const { error } = (await response.json()) as { error: { code: string } }
    expect(error.code).not.toBe('server-error')
    expect(['bad-request', 'bad-json', 'not-found']).not.toContain(error.code)
    return OF_RIGHTS.has(error.code) ? error.code : null
  }

  // Before the routes, the last of which signs everyone out.
  it('name every page there is, and no other', () => {
    expect(Object.keys(pageDoors).sort()).toEqual(pageFiles().sort())
  })

  it.each(ROLES)('open for %s the pages whose doors the matrix opens', async (role) => {
    const session = await browsers.get(role)?.call('session', {}, null)
    const schoolAdmin = session?.account?.schoolAdmin ?? false
    const who = { schoolAdmin, courseAdmin: session?.courseAdmin ?? false }
    for (const [page, door] of Object.entries(pageDoors)) {
      if (door === null) continue
      // What a page asks first is refused or answered as the matrix of routes says.
      const refused = matrix[door][0][role] ?? null
      expect([page, await outcome(door, role)]).toEqual([page, refused])
      if (!page.startsWith('/admin')) continue
      // The desk shows a page to those whom its door answers; in another's course the door alone says no.
      const shown = deskAt(page, who)
      if (shown === 'page')
        expect([page, [null, 'course-not-found']]).toEqual([
          page,
          expect.arrayContaining([refused]),
        ])
      else expect([page, refused === null && shown !== 'courses']).toEqual([page, false])
    }
  })

  const names = Object.keys(matrix) as RouteName[]
  it.each(ROLES)('are those of the matrix for %s', async (role) => {
    const found: Refusals = {}
    const expected: Refusals = {}
    for (const name of names) {
      const code = await outcome(name, role)
      Object.assign(found, { [name]: code })
      Object.assign(expected, { [name]: matrix[name][0][role] ?? null })
    }
    expect(found).toEqual(expected)
  })

  it('are decided for every handler there is: each belongs to a route, each route has one', async () => {
    const handled: string[] = []
    for (const segments of routeFiles()) {
      const path = `/api/${segments.map((part) => part.replace(/^\[(\w+)\]$/, ':$1')).join('/')}`
      const methods = Object.keys(await loadRoute(segments))
      handled.push(...methods.map((method) => `${method} ${path}`))
    }
    const declared = Object.values(routes).map(({ method, path }) => `${method} ${path}`)
    expect(handled.sort()).toEqual(declared.sort())
  })
})
