import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromB64u } from './format/bytes.ts'
import { toB64u } from './sodium.ts'
import { PASSWORD, TestPeople, codeOf, type Person } from './testing/test-people.ts'
import { freshStore, type TestTab } from './testing/test-class.ts'

const NEW_PASSWORD = 'another good password'

let people: TestPeople
let ada: Person
const bodies: string[] = []

beforeAll(async () => {
  people = await TestPeople.open()
  ada = await people.signUp('Ada', true)
  note(ada.tab)
})
afterAll(() => people.close())

/** Keeps every body that a tab sends to web. */
function note(tab: TestTab): TestTab {
  tab.intercept = (_path, init, go) => {
    if (typeof init.body === 'string') bodies.push(init.body)
    return go()
  }
  return tab
}

/** A browser of another machine, with nothing on it. */
async function elsewhere(): Promise<TestTab> {
  return note(await people.openTab(people.school.browser()))
}

/** Changes web's answer on its way. */
function altering(tab: TestTab, end: string, change: (body: Answer) => void): TestTab {
  tab.intercept = async (path, _init, go) => {
    const response = await go()
    if (!path.endsWith(end) || !response.ok) return response
    const body = (await response.json()) as Answer
    change(body)
    return Response.json(body, { headers: response.headers })
  }
  return tab
}

interface Answer {
  keys: {
    publicKeys: { sign: string }
    privateBox: string
    wraps: { kind: string; box: string }[]
  }
  kdf: { memoryBytes: number }
}

function flip(text: string): string {
  const bytes = fromB64u(text)
  bytes[40] = (bytes[40] ?? 0) ^ 1
  return toB64u(bytes)
}

describe('an account', () => {
  it('stays unlocked across page loads on its device, and nowhere else', async () => {
    const { email } = ada.account
    const again = await people.openTab(ada.browser, ada.tab.store)
    expect(await again.call('status', {})).toMatchObject({ state: 'unlocked', account: { email } })
    const bare = await people.openTab(ada.browser, await freshStore())
    expect(await bare.call('status', {})).toMatchObject({ state: 'locked', account: { email } })
    expect(await codeOf(bare.call('createCourse', { name: 'Optics' }))).toBe('vault-locked')
    expect(await codeOf(bare.call('unlock', { password: 'not the password' }))).toBe(
      'wrong-password',
    )
    expect(await bare.call('unlock', { password: PASSWORD })).toMatchObject({ state: 'unlocked' })
  })

  it('is opened once however many ask at once, and work under way keeps its keys', async () => {
    const { courseId } = await ada.tab.call('createCourse', { name: 'Acoustics' })
    const tab = await people.openTab(ada.browser, ada.tab.store)
    const bothAsked = Promise.withResolvers<undefined>()
    const pinsRead = Promise.withResolvers<undefined>()
    let sessionsRead = 0
    let keysRead = 0
    tab.intercept = async (path, _init, go) => {
      const response = await go()
      if (path.endsWith('/api/session')) {
        if (++sessionsRead === 2) bothAsked.resolve(undefined)
        await bothAsked.promise
      }
      if (path.endsWith('/account/keys') && ++keysRead === 2) await pinsRead.promise
      if (path.includes('/boxes/')) {
        pinsRead.resolve(undefined)
        await Promise.all(asked)
      }
      return response
    }
    const asked = [tab.call('status', {}), tab.call('status', {})]
    await Promise.race(asked)
    const { url } = await tab.call('inviteLink', { courseId, origin: 'http://x' })
    expect(keysRead).toBe(2)
    expect(url).toContain('#')
    expect(tab.of('problem')).toEqual([])
  })

  it('signed in while web was asked who is here stays open', async () => {
    const { email } = ada.account
    const tab = await elsewhere()
    const { intercept } = tab
    const signedIn = Promise.withResolvers<undefined>()
    tab.intercept = async (path, init, go) => {
      const response = await intercept(path, init, go)
      if (path.endsWith('/api/session')) await signedIn.promise
      return response
    }
    const asked = tab.call('status', {})
    await tab.call('signIn', { email, password: PASSWORD })
    signedIn.resolve(undefined)
    expect(await asked).toMatchObject({ state: 'unlocked', account: { email } })
    await tab.call('createCourse', { name: 'Waves' })
  })

  it('leaves nothing that support remembers to the next person at the same tab', async () => {
    const bob = await people.signUp('Bob')
    const tab = await elsewhere()
    await tab.call('signIn', { email: ada.account.email, password: PASSWORD })
    await tab.call('setSupportMessages', { on: false })
    await tab.call('signIn', { email: bob.account.email, password: PASSWORD })
    expect(await tab.call('supportState', {})).toEqual({ message: null, messagesOn: true })
  })

  it('signs in elsewhere by password, and says which was wrong', async () => {
    const { email } = ada.account
    const tab = await elsewhere()
    expect(await tab.call('status', {})).toEqual({ state: 'signed-out', account: null })
    expect(await codeOf(tab.call('signIn', { email, password: 'not the password' }))).toBe(
      'wrong-password',
    )
    const unknown = { email: 'nobody@school.example', password: PASSWORD }
    expect(await codeOf(tab.call('signIn', unknown))).toBe('wrong-password')
    expect(await tab.call('signIn', { email, password: PASSWORD })).toEqual(ada.account)
  })

  it('refuses keys that were altered on the server', async () => {
    const { email } = ada.account
    const signIn = async (change: (body: Answer) => void): Promise<string> => {
      const tab = altering(await elsewhere(), '/api/sign-in', change)
      return codeOf(tab.call('signIn', { email, password: PASSWORD }))
    }
    expect(await signIn(() => undefined)).toBe('accepted')
    const [wrapped, boxed, swapped] = await Promise.all([
      signIn(({ keys }) => {
        for (const wrap of keys.wraps) wrap.box = flip(wrap.box)
      }),
      signIn(({ keys }) => {
        keys.privateBox = flip(keys.privateBox)
      }),
      signIn(({ keys }) => {
        keys.publicKeys.sign = toB64u(new Uint8Array(32))
      }),
    ])
    expect([wrapped, boxed, swapped]).toEqual(['keys-tampered', 'keys-tampered', 'keys-tampered'])
  })

  it('sends nothing of the password when the server offers weak parameters', async () => {
    const tab = altering(await elsewhere(), '/salt', ({ kdf }) => {
      kdf.memoryBytes = 8192
    })
    const sent: string[] = []
    const { intercept } = tab
    tab.intercept = (path, init, go) => {
      sent.push(path)
      return intercept(path, init, go)
    }
    const { email } = ada.account
    expect(await codeOf(tab.call('signIn', { email, password: PASSWORD }))).toBe('server')
    expect(sent).toEqual(['/api/sign-in/salt'])
  })

  it('gets a new password by recovery code, and keeps every key', async () => {
    const { email } = ada.account
    const { courseId } = await ada.tab.call('createCourse', { name: 'Optics' })
    const tab = await elsewhere()
    const recover = (recoveryCode: string, newPassword = NEW_PASSWORD) =>
      tab.call('signInWithRecovery', { email, recoveryCode, newPassword })
    expect(await codeOf(recover('ABCD-EFGH'))).toBe('recovery-code-malformed')
    expect(await codeOf(recover(ada.recoveryCode, 'short'))).toBe('password-weak')
    const wrong = ada.recoveryCode.replace(/^./, (first) => (first === '0' ? '1' : '0'))
    expect(await codeOf(recover(wrong))).toBe('wrong-recovery-code')
    expect(await recover(ada.recoveryCode.toLowerCase().replaceAll('-', ' '))).toEqual(ada.account)
    const { url } = await tab.call('inviteLink', { courseId, origin: 'http://x' })
    expect(url).toContain('#')
    const old = await elsewhere()
    expect(await codeOf(old.call('signIn', { email, password: PASSWORD }))).toBe('wrong-password')
    expect(await old.call('signIn', { email, password: NEW_PASSWORD })).toEqual(ada.account)
  })

  it('changes its password only with the old one, and is gone from a device after sign-out', async () => {
    const { email } = ada.account
    const tab = await elsewhere()
    await tab.call('signIn', { email, password: NEW_PASSWORD })
    const change = (currentPassword: string) =>
      tab.call('changePassword', { currentPassword, newPassword: PASSWORD })
    expect(await codeOf(change('not the password'))).toBe('wrong-password')
    await change(NEW_PASSWORD)
    expect(await tab.store.getDevice()).toBeDefined()
    await tab.call('signOut', {})
    expect(await tab.store.getDevice()).toBeUndefined()
    expect(await tab.call('status', {})).toEqual({ state: 'signed-out', account: null })
    expect(tab.of('state').map(({ state }) => state)).toEqual(['unlocked', 'signed-out'])
  })

  it('ends its vault when web ends the session', async () => {
    const { email } = ada.account
    const tab = await elsewhere()
    await tab.call('signIn', { email, password: PASSWORD })
    tab.intercept = () =>
      Promise.resolve(
        Response.json(
          { error: { code: 'not-signed-in', message: 'Please sign in first.' } },
          { status: 401 },
        ),
      )
    expect(await codeOf(tab.call('createCourse', { name: 'Waves' }))).toBe('not-signed-in')
    await people.quiet()
    expect(tab.of('state').at(-1)).toEqual({ state: 'signed-out', account: null })
    expect(await codeOf(tab.call('createCourse', { name: 'Waves' }))).toBe('vault-locked')
  })

  it('never sent a password or the recovery code to web', () => {
    expect(bodies.length).toBeGreaterThan(20)
    const sent = bodies.join('\n')
    for (const secret of [PASSWORD, NEW_PASSWORD, ada.recoveryCode]) {
      expect(sent).not.toContain(secret)
    }
  })
})
