import 'fake-indexeddb/auto'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RouteAnswer } from '../../_wire/routes.ts'
import type { OpenAccount } from '../account.ts'
import type { Http } from '../http.ts'
import { AccountKeys } from '../keys/account-keys.ts'
import { sodiumReady } from '../sodium.ts'
import { VaultStore } from '../store.ts'
import { NO_MEMORY, padded } from './memory.ts'
import { StudentSupport } from './student.ts'

beforeAll(sodiumReady)

const FLAG = 'd7f0b0a6-3c0c-4b0e-8f53-0d7a2f0f6a11'
const NOTHING = { message: null, messagesOn: true }

function account(name: string): OpenAccount {
  const accountId = crypto.randomUUID()
  const shown = { accountId, name, email: `${name}@school.example` }
  return { account: shown, keys: AccountKeys.create() }
}

/** The rounds of one worker, with the person at it and web's answer in a test's hands. */
describe('what a vault remembers of notices', () => {
  let store: VaultStore
  let here: OpenAccount
  let reported: unknown[]
  let web: () => Promise<RouteAnswer<'ownNotices'>>
  let support: StudentSupport

  beforeEach(async () => {
    store = await VaultStore.open(crypto.randomUUID())
    here = account('ada')
    reported = []
    support = new StudentSupport({
      // One route is asked: everything else fails the test.
      http: ((name: string) =>
        name === 'ownNotices' ? web() : Promise.reject(new TypeError(name))) as Http,
      store,
      emit: () => undefined,
      now: () => 0,
      timers: { after: () => () => undefined },
      report: (error) => reported.push(error),
      require: () => here,
      ownClasses: () => Promise.resolve([]),
    })
  })
  afterEach(() => {
    store.close()
  })

  async function keepFlag(keys: AccountKeys): Promise<void> {
    const flags = { [FLAG]: { courseId: FLAG, at: 1, answer: 'open' as const } }
    const plain = new TextEncoder().encode(JSON.stringify(padded({ ...NO_MEMORY, flags })))
    const box = keys.sealToSelf(plain, 'support-here', 1)
    await store.putKept({ accountId: here.account.accountId, name: 'support', box })
  }

  it('is shown to its person alone, whoever sits here when web has answered', async () => {
    await keepFlag(here.keys)
    expect((await support.state()).message?.flag).toBe(FLAG)
    const answered = Promise.withResolvers<RouteAnswer<'ownNotices'>>()
    const asked = Promise.withResolvers<undefined>()
    web = () => {
      asked.resolve(undefined)
      return answered.promise
    }
    const round = support.round()
    await asked.promise
    support.stop()
    here = account('bob')
    answered.resolve({ notices: [], courses: [], now: 0 })
    await round
    expect(await support.state()).toEqual(NOTHING)
    expect(await store.kept(here.account.accountId, 'support')).toBeNull()
    expect(reported).toEqual([])
  })

  it('accuses nobody of a copy from before a reset', async () => {
    await keepFlag(AccountKeys.create())
    expect(await support.state()).toEqual(NOTHING)
    expect(reported).toEqual([])
  })
})
