import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, enter, enterFirst, randomB64u, signUpBody } from '../testing/people.ts'
import { setServerContext } from '../core/context.ts'
import { openSchool, SET_UP_CODE, type TestSchool } from '../testing/test-school.ts'

describe('accounts', () => {
  let school: TestSchool
  beforeEach(async () => {
    school = await openSchool()
  })
  afterEach(() => school.close())

  it('makes the first account the school admin, who may teach, and no later one', async () => {
    const first = await enterFirst(school)
    const second = await enter(school)
    const read = async (person: typeof first) =>
      (await person.browser.call('session', {}, null)).account
    expect(await read(first)).toMatchObject({ schoolAdmin: true, mayTeach: true })
    expect(await read(second)).toMatchObject({ schoolAdmin: false, mayTeach: false })
  })

  it('asks for the set-up code where the first account is made from elsewhere', async () => {
    const browser = school.browser()
    const { signUp } = await browser.call('session', {}, null)
    expect(signUp).toEqual({ firstAccount: true, setUpCodeNeeded: true, open: true })
    expect(await codeOf(browser.call('signUp', {}, signUpBody()))).toBe('set-up-code-wrong')
    const wrong = browser.call('signUp', {}, signUpBody({ setUpCode: 'AAAA-BBBB-CCCC' }))
    expect(await codeOf(wrong)).toBe('set-up-code-wrong')
    const typed = SET_UP_CODE.toLowerCase().replaceAll('-', ' ')
    const { account } = await browser.call('signUp', {}, signUpBody({ setUpCode: typed }))
    expect(account.schoolAdmin).toBe(true)
  })

  it('does not take a foreign host name for the machine itself', async () => {
    const response = await school
      .browser({ local: true })
      .fetch('http://rebound.example:14200/api/session')
    expect(await response.json()).toMatchObject({ signUp: { setUpCodeNeeded: true } })
  })

  it('asks everyone for the code where the school has a real name: a proxy may be silent', async () => {
    setServerContext({ ...school.context, publicUrl: 'https://class.example.org' })
    const browser = school.browser({ local: true })
    const { signUp } = await browser.call('session', {}, null)
    expect(signUp.setUpCodeNeeded).toBe(true)
    expect(await codeOf(browser.call('signUp', {}, signUpBody()))).toBe('set-up-code-wrong')
  })

  it('says under which origin links are handed out, wherever it is asked', async () => {
    const publicUrl = 'https://class.example.org'
    setServerContext({ ...school.context, publicUrl })
    const session = await school.browser({ local: true }).call('session', {}, null)
    expect(session.publicUrl).toBe(publicUrl)
  })

  it('has one first account even when many sign up at once', async () => {
    const people = await Promise.all(
      Array.from({ length: 6 }, () => enter(school, {}, { local: true })),
    )
    const admins = await school.context.db.account.count({ where: { schoolAdmin: true } })
    expect(people).toHaveLength(6)
    expect(admins).toBe(1)
  })

  it('refuses a second account of one address, whatever its case', async () => {
    await enterFirst(school)
    await enter(school, { email: 'ada@school.example' })
    const again = school.browser().call('signUp', {}, signUpBody({ email: ' ADA@School.example ' }))
    expect(await codeOf(again)).toBe('email-taken')
  })

  it('signs in by password and by recovery code, and hands out the wraps', async () => {
    const { body } = await enterFirst(school)
    for (const [kind, secret] of [
      ['password', body.passwordSecret],
      ['recovery', body.recoverySecret],
    ] as const) {
      const browser = school.browser()
      const { salt } = await browser.call('signInSalt', {}, { email: body.email, kind })
      expect(salt).toBe((kind === 'password' ? body.passwordWrap : body.recoveryWrap).salt)
      const answer = await browser.call('signIn', {}, { email: body.email, kind, secret })
      expect(answer.keys.privateBox).toBe(body.privateBox)
      expect(answer.keys.wraps).toHaveLength(2)
      const session = await browser.call('session', {}, null)
      expect(session.share).toBe(answer.share)
    }
  })

  it('answers the salt route alike for an address that nobody has', async () => {
    const { body } = await enterFirst(school)
    const ask = (email: string) =>
      school.browser().call('signInSalt', {}, { email, kind: 'password' })
    const known = await ask(body.email)
    const unknown = await ask('nobody@school.example')
    expect(unknown.kdf).toEqual(known.kdf)
    expect(unknown.salt).toHaveLength(known.salt.length)
    expect(await ask('Nobody@school.example')).toEqual(unknown)
  })

  it('refuses wrong secrets and unknown addresses with one code', async () => {
    const { body } = await enterFirst(school)
    const wrong = { email: body.email, kind: 'password' as const, secret: randomB64u(32) }
    expect(await codeOf(school.browser().call('signIn', {}, wrong))).toBe('wrong-credentials')
    const unknown = { ...wrong, email: 'nobody@school.example' }
    expect(await codeOf(school.browser().call('signIn', {}, unknown))).toBe('wrong-credentials')
    const swapped = { ...wrong, secret: body.recoverySecret }
    expect(await codeOf(school.browser().call('signIn', {}, swapped))).toBe('wrong-credentials')
  })

  it('delays attempts more and more after ten failures, and forgets them after a success', async () => {
    const { body } = await enterFirst(school)
    const attempt = (secret: string) =>
      school.browser().call('signIn', {}, { email: body.email, kind: 'password', secret })
    for (let failure = 0; failure < 10; failure++) {
      expect(await codeOf(attempt(randomB64u(32)))).toBe('wrong-credentials')
    }
    expect(await codeOf(attempt(body.passwordSecret))).toBe('sign-in-delayed')
    school.clock.advance(1_000)
    expect(await codeOf(attempt(randomB64u(32)))).toBe('wrong-credentials')
    school.clock.advance(1_000)
    expect(await codeOf(attempt(body.passwordSecret))).toBe('sign-in-delayed')
    school.clock.advance(1_000)
    await attempt(body.passwordSecret)
    expect(await codeOf(attempt(randomB64u(32)))).toBe('wrong-credentials')
    expect(await codeOf(attempt(randomB64u(32)))).toBe('wrong-credentials')
  })

  it('counts attempts side by side', async () => {
    const { body } = await enterFirst(school)
    const codes = await Promise.all(
      Array.from({ length: 30 }, () =>
        codeOf(
          school
            .browser()
            .call('signIn', {}, { email: body.email, kind: 'password', secret: randomB64u(32) }),
        ),
      ),
    )
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(10)
    expect(codes.filter((code) => code === 'sign-in-delayed')).toHaveLength(20)
  })

  it('ends a session at sign-out: cookie, keys and share', async () => {
    const { browser } = await enterFirst(school)
    const stolen = school.browser()
    for (const [name, value] of browser.cookies) stolen.cookies.set(name, value)
    await browser.call('signOut', {}, {})
    expect(browser.cookies.size).toBe(0)
    expect(await stolen.call('session', {}, null)).toMatchObject({ account: null, share: null })
    expect(await codeOf(stolen.call('accountKeys', {}, null))).toBe('not-signed-in')
  })

  it('ends a session that nobody used for thirty days, and prolongs one in use', async () => {
    const { browser } = await enterFirst(school)
    const day = 86_400_000
    school.clock.advance(20 * day)
    expect((await browser.call('session', {}, null)).account).not.toBeNull()
    school.clock.advance(20 * day)
    expect((await browser.call('session', {}, null)).account).not.toBeNull()
    school.clock.advance(30 * day)
    expect((await browser.call('session', {}, null)).account).toBeNull()
  })

  it('changes secret and wrap together, ends other sessions, and keeps the recovery code', async () => {
    const { browser, body } = await enterFirst(school)
    const other = school.browser()
    const { email } = body
    await other.call('signIn', {}, { email, kind: 'password', secret: body.passwordSecret })
    const { passwordWrap } = signUpBody()
    const passwordSecret = randomB64u(32)
    const before = await browser.call('session', {}, null)
    const wrong = { kind: 'password' as const, secret: randomB64u(32) }
    const change = { proof: wrong, passwordWrap, passwordSecret }
    expect(await codeOf(browser.call('changePassword', {}, change))).toBe('wrong-credentials')
    const proof = { kind: 'recovery' as const, secret: body.recoverySecret }
    const { share } = await browser.call('changePassword', {}, { ...change, proof })
    expect(share).not.toBe(before.share)
    expect((await browser.call('session', {}, null)).share).toBe(share)
    expect((await other.call('session', {}, null)).account).toBeNull()
    const old = { email, kind: 'password' as const, secret: body.passwordSecret }
    expect(await codeOf(other.call('signIn', {}, old))).toBe('wrong-credentials')
    const { keys } = await other.call('signIn', {}, { ...old, secret: passwordSecret })
    const wraps = Object.fromEntries(keys.wraps.map((wrap) => [wrap.kind, wrap.box]))
    expect(wraps).toEqual({ password: passwordWrap.box, recovery: body.recoveryWrap.box })
  })

  it('keeps no secret, token or share as it is', async () => {
    const { body, browser } = await enterFirst(school)
    const { share } = await browser.call('session', {}, null)
    const secrets = [...browser.cookies.values(), body.passwordSecret, body.recoverySecret]
    const { db } = school.context
    const rows = JSON.stringify([await db.wayIn.findMany(), await db.session.findMany()], (_, v) =>
      v instanceof Uint8Array ? Buffer.from(v).toString('base64url') : (v as unknown),
    )
    for (const secret of [...secrets, share ?? '']) expect(rows).not.toContain(secret)
  })

  it('writes a box only over the version that was read', async () => {
    const { browser } = await enterFirst(school)
    const box = randomB64u(500)
    const name = { name: 'pins' }
    expect(await browser.call('readBox', name, null)).toEqual({ version: 0, box: null })
    expect(await browser.call('writeBox', name, { replaces: 0, box })).toEqual({ version: 1 })
    expect(await codeOf(browser.call('writeBox', name, { replaces: 0, box }))).toBe('box-changed')
    const both = await Promise.allSettled([
      browser.call('writeBox', name, { replaces: 1, box: randomB64u(10) }),
      browser.call('writeBox', name, { replaces: 1, box: randomB64u(10) }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await browser.call('readBox', name, null)).version).toBe(2)
    const stranger = await enter(school)
    expect(await stranger.browser.call('readBox', name, null)).toEqual({ version: 0, box: null })
  })

  it('closes sign-up but for invited people where the policy says so', async () => {
    const admin = await enterFirst(school)
    const closed = {
      expressionAnalysis: 'off' as const,
      country: null,
      reason: '',
      openSignUp: false,
      minimumGroupFloor: 2,
      guardianAge: 0,
      lawfulConfirmed: false,
    }
    await admin.browser.call('savePolicy', {}, closed)
    expect((await school.browser().call('session', {}, null)).signUp.open).toBe(false)
    expect(await codeOf(school.browser().call('signUp', {}, signUpBody()))).toBe('sign-up-closed')
    const invented = signUpBody({ invite: randomB64u(16) })
    expect(await codeOf(school.browser().call('signUp', {}, invented))).toBe('sign-up-closed')
  })
})
