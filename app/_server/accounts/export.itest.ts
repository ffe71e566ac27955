/**
 * Exports against the schema: every column that names a person is one that an export takes its rows by, or one that was
 * left out on purpose. A new table that names an account fails here until that is decided.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  chunk,
  classKey,
  consent,
  enter,
  enterFirst,
  openCourse,
  randomB64u,
  settings,
  type Person,
} from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'
import { HOLDINGS, LEFT_OUT } from './held-records.ts'

/** Ids of other things than people. */
const OTHER_IDS = ['id', 'courseId', 'liveCourseId', 'classId', 'caseId', 'resultId']

/** `Model.column` of everything in the schema that names a person: ids that are no other thing's, and addresses. */
async function columnsThatName(): Promise<string[]> {
  const schema = await readFile(new URL('../../../prisma/schema.prisma', import.meta.url), 'utf8')
  const models = schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)
  return [...models].flatMap(([, model = '', body = '']) => {
    if (model === 'Account') return []
    const ids = [...body.matchAll(/^ +(\w+) +String\?? .*@db\.Uuid/gm)].map(([, name = '']) => name)
    const named = ids.filter((name) => !OTHER_IDS.includes(name))
    if (/^ +email +String/m.test(body)) named.push('email')
    return named.map((column) => `${model}.${column}`)
  })
}

const bytes = (length = 40) => new Uint8Array(randomBytes(length))

/** What a person leaves who teaches, learns, helps and runs the school. */
async function leaveTraces(school: TestSchool, who: Person, other: Person): Promise<void> {
  const { db } = school.context
  const { id } = who
  const { email } = who.body
  const at = new Date(school.clock.now())
  const courseId = await openCourse(who)
  const checkIns = { settings: settings({ readings: 'check-ins' }) }
  await who.browser.call('saveSettings', { id: courseId }, checkIns)
  const { id: classId } = await who.browser.call('startClass', { id: courseId }, {})
  await who.browser.call('putClassKey', { id: classId }, classKey(1))
  await who.browser.call('writeChunk', { id: classId }, chunk(randomB64u(16), 0, []))
  const part = { ...(await db.chunk.findFirstOrThrow({ where: { classId } })), part: bytes(1064) }
  const { writer, number } = part
  await db.chunkPart.create({ data: { classId, writer, number, accountId: id, part: part.part } })
  for (const accountId of [id, other.id]) {
    const sealed = { forStudent: bytes(80), forCourse: bytes(80) }
    await db.contentKey.create({ data: { classId, writer, accountId, ...sealed } })
  }
  const late = { classId, hash: bytes(32), accountId: id, record: bytes(256), storedAt: at }
  await db.lateRecord.create({ data: late })
  const given = {
    ...consent('granted'),
    textHash: bytes(32),
    signed: bytes(),
    ...{ at, courseId, accountId: id },
  }
  await db.consent.create({ data: given })
  await db.tombstone.create({ data: { courseId, accountId: id, tombstone: bytes(), at } })
  await db.noticeSet.create({
    data: {
      classId,
      madeById: id,
      madeAt: at,
      notices: { create: [id, other.id].map((accountId) => ({ accountId, box: bytes(272) })) },
    },
  })
  await leaveCases(school, who, other)
  const result = { box: bytes(), sentAt: at }
  for (const [senderId, accountId] of [
    [id, other.id],
    [other.id, id],
  ]) {
    const keys = { create: [{ accountId: accountId ?? '', key: bytes(80) }] }
    await db.result.create({
      data: { id: randomUUID(), senderId: senderId ?? '', ...result, keys },
    })
  }
  const invitation = {
    name: '',
    mayTeach: false,
    ageGroup: 'unknown',
    createdAt: at,
    expiresAt: at,
  }
  for (const [createdById, address] of [
    [other.id, email],
    [id, 'guest@other.example'],
  ] as const) {
    const made = { id: randomUUID(), tokenHash: bytes(32), createdById, email: address }
    await db.invitation.create({ data: { ...invitation, ...made } })
    const invited = { email: address, courseId, rootFingerprint: bytes(16), invitedAt: at }
    await db.courseInvitation.create({ data: { ...invited, invitedById: createdById } })
  }
  const used = { id: randomUUID(), tokenHash: bytes(32), createdById: other.id, usedById: id }
  await db.invitation.create({ data: { ...invitation, ...used } })
  const policy = { expressionAnalysis: false, lawfulConfirmed: false, reason: '' }
  const door = { openSignUp: true, minimumGroupFloor: 2, guardianAge: 0 }
  await db.policyChange.create({ data: { at, accountId: id, ...policy, ...door } })
  const days = { readingsMaxDays: 180, auditDays: 400, invitationDays: 30 }
  await db.retentionChange.create({ data: { at, accountId: id, ...days } })
  for (const [accountId, addedById] of [
    [id, other.id],
    [other.id, id],
  ] as const) {
    await db.trustedStaff.create({ data: { accountId, addedById, addedAt: at } })
    const code = { accountId, issuedById: addedById, codeHash: bytes(32), expiresAt: at }
    await db.resetCode.create({ data: code })
  }
  await db.directory.create({
    data: { id: 1, version: 1, entries: [], savedById: id, savedAt: at },
  })
  const pair = { boxPublicKey: bytes(32), signPublicKey: bytes(32) }
  await db.retiredKeys.create({ data: { accountId: id, ...pair, retiredAt: at } })
  const change = { number: 1, kind: 'renewed', signed: bytes(), at }
  await db.keyChange.create({ data: { accountId: id, ...change } })
  await db.accountBox.create({
    data: { accountId: id, name: 'pins:x', version: 1, box: bytes(), changedAt: at },
  })
}

/** A case of one's own, which the other helps with, and one of the other's, where it is the other way round. */
async function leaveCases(school: TestSchool, who: Person, other: Person): Promise<void> {
  const { db } = school.context
  const at = new Date(school.clock.now())
  for (const [student, helper] of [
    [who, other],
    [other, who],
  ] as const) {
    const times = { createdAt: at, changedAt: at }
    const head = { id: randomUUID(), studentId: student.id, suggestedId: helper.id, state: 'new' }
    const said = { authorId: helper.id, box: bytes(), at }
    await db.supportCase.create({
      data: {
        ...head,
        ...times,
        studentKey: bytes(80),
        helpers: {
          create: [{ accountId: helper.id, key: bytes(80), share: bytes(), addedAt: at }],
        },
        entries: { create: [{ ...said, kind: 'message' }] },
        openings: { create: [{ byId: helper.id, at }] },
        notes: {
          create: [{ ...said, keys: { create: [{ accountId: helper.id, key: bytes() }] } }],
        },
      },
    })
  }
}

describe('an export', () => {
  let school: TestSchool
  let admin: Person
  let who: Person

  beforeAll(async () => {
    school = await openSchool()
    admin = await enterFirst(school)
    who = await enter(school, { name: 'Ada', email: 'ada@school.example' })
    const rights = { schoolAdmin: false, mayTeach: true, suspended: false }
    await admin.browser.call('savePerson', { id: who.id }, rights)
    await leaveTraces(school, who, admin)
  })
  afterAll(() => school.close())

  it('knows every column of the schema that names a person', async () => {
    const decided = Object.values(HOLDINGS).flatMap(({ named }) => named)
    const all = [...decided, ...Object.keys(LEFT_OUT)]
    expect(all.toSorted()).toEqual((await columnsThatName()).toSorted())
  })

  it('holds each row that names its person, in the own one as in the admin’s', async () => {
    const own = await who.browser.call('exportOwn', {}, null)
    const { records, account } = await admin.browser.call('exportPerson', { id: who.id }, {})
    expect(account).toEqual(own.account)
    for (const [name, { named }] of Object.entries(HOLDINGS)) {
      for (const column of named) {
        const [table, key] = column.split('.')
        const value = key === 'email' ? who.body.email : who.id
        const [found] = await school.context.db.$queryRawUnsafe<{ count: number }[]>(
          `select count(*)::int as count from "${table ?? ''}" where "${key ?? ''}"::text = $1`,
          value,
        )
        expect(found?.count, column).toBeGreaterThan(0)
        expect(own.records[name]?.length, column).toBeGreaterThanOrEqual(found?.count ?? 0)
      }
      // The admin's export is itself an event, and nothing else has happened meanwhile.
      if (name !== 'events') expect(records[name], name).toEqual(own.records[name])
    }
    for (const name of ['caseHelpers', 'caseEntries', 'caseNotes', 'caseOpenings', 'helping']) {
      expect(own.records[name]?.length, name).toBeGreaterThan(0)
    }
  })

  it('holds nothing that opens an account, nor anybody else’s keys or address', async () => {
    const { db } = school.context
    const text = JSON.stringify(await who.browser.call('exportOwn', {}, null))
    const b64u = (value: Uint8Array) => Buffer.from(value).toString('base64url')
    for (const row of await db.wayIn.findMany()) {
      for (const secret of [row.secretHash, b64u(row.box), b64u(row.salt)]) {
        expect(text).not.toContain(secret)
      }
    }
    const hashes = [
      ...(await db.session.findMany()).map(({ tokenHash }) => tokenHash),
      ...(await db.invitation.findMany()).map(({ tokenHash }) => tokenHash),
      ...(await db.resetCode.findMany()).map(({ codeHash }) => codeHash),
      ...(await db.account.findMany()).map(({ privateBox }) => privateBox),
      ...(await db.course.findMany()).map(({ inviteToken }) => inviteToken),
    ]
    const not = { not: who.id }
    const keys = [
      ...(await db.caseHelper.findMany({ where: { accountId: not } })).map(({ key }) => key),
      ...(await db.supportCase.findMany({ where: { studentId: not } })).map(
        (row) => row.studentKey,
      ),
      ...(await db.resultKey.findMany({ where: { accountId: not } })).map(({ key }) => key),
      ...(await db.notice.findMany({ where: { accountId: not } })).map(({ box }) => box),
      ...(await db.caseNoteKey.findMany({ where: { accountId: not } })).map(({ key }) => key),
    ]
    for (const secret of [...hashes, ...keys]) {
      expect(secret).not.toBeNull()
      expect(text).not.toContain(b64u(secret ?? new Uint8Array()))
    }
    const foreign = await db.contentKey.findFirstOrThrow({ where: { accountId: admin.id } })
    expect(text).not.toContain(b64u(foreign.forStudent))
    expect(text).not.toContain(b64u(foreign.forCourse))
    expect(text).not.toContain(admin.body.email)
    expect(text).not.toContain('guest@other.example')
  })
})
