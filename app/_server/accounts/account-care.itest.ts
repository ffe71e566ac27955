import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  codeOf,
  consent,
  enrol,
  enter,
  enterFirst,
  openCourse,
  randomB64u,
  settings,
  type Person,
} from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'

describe('the care of an account', () => {
  let school: TestSchool
  let admin: Person
  let ada: Person
  let courseId: string

  beforeEach(async () => {
    school = await openSchool()
    admin = await enterFirst(school)
    ada = await enter(school, { name: 'Ada', email: 'ada@school.example' })
    courseId = await openCourse(admin)
    await enrol(admin, courseId, ada)
    const checkIns = { settings: settings({ readings: 'check-ins' }) }
    await admin.browser.call('saveSettings', { id: courseId }, checkIns)
  })
  afterEach(() => school.close())

  const signIn = async (person: Person) => {
    const browser = school.browser()
    const { email, passwordSecret: secret } = person.body
    await browser.call('signIn', {}, { email, kind: 'password', secret })
    return browser
  }
  const signedIn = async (browser: Person['browser']): Promise<boolean> =>
    (await browser.call('session', {}, null)).account !== null

  it('lists the sessions of its person alone, and ends one or all others', async () => {
    const [phone, tablet] = [await signIn(ada), await signIn(ada)]
    const list = async () => (await ada.browser.call('ownSessions', {}, null)).sessions
    const sessions = await list()
    expect(sessions).toHaveLength(3)
    expect(sessions.filter(({ current }) => current)).toHaveLength(1)
    const first = (await phone.call('ownSessions', {}, null)).sessions.find((one) => one.current)
    const session = first?.id ?? ''
    expect(await codeOf(admin.browser.call('endSession', { session }, {}))).toBe(
      'session-not-found',
    )
    await ada.browser.call('endSession', { session }, {})
    expect([await signedIn(phone), await signedIn(tablet)]).toEqual([false, true])
    await ada.browser.call('endOtherSessions', {}, {})
    expect([await signedIn(tablet), await signedIn(ada.browser)]).toEqual([false, true])
    expect(await signedIn(admin.browser)).toBe(true)
  })

  it('ends every other session with a new password', async () => {
    const elsewhere = await signIn(ada)
    const { passwordWrap, passwordSecret } = ada.body
    const proof = { kind: 'password' as const, secret: passwordSecret }
    const fresh = { proof, passwordWrap, passwordSecret: randomB64u(32) }
    await ada.browser.call('changePassword', {}, fresh)
    expect([await signedIn(elsewhere), await signedIn(ada.browser)]).toEqual([false, true])
  })

  it('takes a new recovery code only with the password, and the old one is gone', async () => {
    const { recoveryWrap, recoverySecret, passwordSecret, email } = ada.body
    const next = randomB64u(32)
    const change = (secret: string) =>
      ada.browser.call(
        'changeRecovery',
        {},
        { proof: { kind: 'password', secret }, recoveryWrap, recoverySecret: next },
      )
    expect(await codeOf(change(randomB64u(32)))).toBe('wrong-credentials')
    await change(passwordSecret)
    const recover = (secret: string) =>
      school.browser().call('signIn', {}, { email, kind: 'recovery', secret })
    expect(await codeOf(recover(recoverySecret))).toBe('wrong-credentials')
    expect((await recover(next)).account.id).toBe(ada.id)
  })

  it('shows consents to a school admin, and each look to the person', async () => {
    await ada.browser.call('giveConsent', { id: courseId }, consent('granted'))
    await ada.browser.call('giveConsent', { id: courseId }, consent('withdrawn'))
    const looked = async () => {
      const { events } = await ada.browser.call('ownAudit', {}, null)
      return events.filter(({ kind }) => kind === 'consents-viewed')
    }
    expect(await looked()).toEqual([])
    const { person, consents } = await admin.browser.call('personConsents', { id: ada.id }, {})
    expect(person.name).toBe('Ada')
    expect(consents.map(({ decision }) => decision)).toEqual(['withdrawn', 'granted'])
    expect(await looked()).toMatchObject([{ actor: { name: 'Grace' } }])
    await admin.browser.call('personConsents', { id: ada.id }, {})
    expect(await looked()).toHaveLength(2)
  })

  it('takes no consent from a person below the age, but a guardian’s with a name', async () => {
    const give = (changes: object = {}) =>
      ada.browser.call('giveConsent', { id: courseId }, { ...consent('granted'), ...changes })
    const policy = await admin.browser.call('policy', {}, null)
    const guardianAge = 16
    const fields = { ...policy.policy, guardianAge, lawfulConfirmed: false }
    await admin.browser.call('savePolicy', {}, fields)
    const { id: classId } = await admin.browser.call('startClass', { id: courseId }, {})
    const by = async (ageGroup: string) => {
      await school.context.db.account.update({ where: { id: ada.id }, data: { ageGroup } })
      return (await ada.browser.call('readings', { id: classId }, null)).consentBy
    }
    expect(await by('unknown')).toBe('either')
    expect(await codeOf(give())).toBe('guardian-needed')
    expect(await codeOf(give({ statedAge: 15 }))).toBe('guardian-needed')
    await give({ statedAge: 16 })
    expect(await by('16-17')).toBe('self')
    expect(await by('13-15')).toBe('guardian')
    expect(await codeOf(give({ statedAge: 16 }))).toBe('guardian-needed')
    expect(await codeOf(give({ givenBy: 'guardian' }))).toBe('guardian-needed')
    await give({ givenBy: 'guardian', giverName: 'Augusta King' })
    await give({ decision: 'withdrawn' })
    const { consents } = await admin.browser.call('personConsents', { id: ada.id }, {})
    expect(
      consents.map(({ decision, givenBy, giverName }) => [decision, givenBy, giverName]),
    ).toEqual([
      ['withdrawn', 'self', ''],
      ['granted', 'guardian', 'Augusta King'],
      ['granted', 'self', ''],
    ])
  })

  it('hands out all that is kept of its person, and nothing that opens the account', async () => {
    await ada.browser.call('giveConsent', { id: courseId }, consent('granted'))
    await ada.browser.call('writeBox', { name: 'pins:x' }, { replaces: 0, box: randomB64u(40) })
    const all = await ada.browser.call('exportOwn', {}, null)
    const { records } = all
    expect(all.account).toMatchObject({ name: 'Ada', email: 'ada@school.example' })
    expect(records['enrolments']).toMatchObject([{ courseId, course: { name: 'Mechanics' } }])
    for (const one of ['consents', 'boxes', 'sessions']) expect(records[one]).toHaveLength(1)
    expect(records['events']?.map(({ kind }) => kind)).toContain('course-joined')
    const text = JSON.stringify(all)
    const rows = await school.context.db.wayIn.findMany({ where: { accountId: ada.id } })
    for (const { secretHash, box } of rows) {
      expect(text).not.toContain(secretHash)
      expect(text).not.toContain(Buffer.from(box).toString('base64url'))
    }
    expect(text).not.toContain(ada.body.privateBox)
    expect(text).not.toContain(admin.body.email)
  })

  it('tells nobody by a wrong reset code whether there is such an account', async () => {
    const code = '0123456789ABCDE'
    const open = (email: string) => school.browser().call('openReset', {}, { email, code })
    expect(await codeOf(open('ada@school.example'))).toBe('reset-code-wrong')
    expect(await codeOf(open('nobody@school.example'))).toBe('reset-code-wrong')
    const issued = await admin.browser.call('issueReset', { id: ada.id }, {})
    expect(issued.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){2}$/)
    const kept = await school.context.db.resetCode.findFirstOrThrow()
    expect(Buffer.from(kept.codeHash).toString('latin1')).not.toContain(issued.code)
    const { events } = await ada.browser.call('ownAudit', {}, null)
    expect(events[0]).toMatchObject({ kind: 'reset-issued', actor: { name: 'Grace' } })
  })
})
