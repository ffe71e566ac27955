import 'fake-indexeddb/auto'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type ConsentBody, consentBody } from '../../_wire/courses.ts'
import type { OpenAccount } from '../account.ts'
import { VaultError, type VaultErrorCode } from '../errors.ts'
import type { Http } from '../http.ts'
import { AccountKeys } from '../keys/account-keys.ts'
import { sodiumReady, toB64u } from '../sodium.ts'
import { VaultStore } from '../store.ts'
import { Withdrawals } from './withdrawal.ts'

beforeAll(sodiumReady)

const COURSE = 'd7f0b0a6-3c0c-4b0e-8f53-0d7a2f0f6a11'
const accountId = 'a3a1a1b6-3c0c-4b0e-8f53-0d7a2f0f6a11'
let statement: ConsentBody
let store: VaultStore
let me: OpenAccount
/** What web answers: heard, or a code. */
let refusal: VaultErrorCode | null
let heard: unknown[]
let withdrawals: Withdrawals

beforeEach(async () => {
  store = await VaultStore.open(crypto.randomUUID())
  me = {
    account: { accountId, name: 'ada', email: 'ada@school.example' },
    keys: AccountKeys.create(),
  }
  statement = consentBody.parse({
    decision: 'withdrawn',
    textId: 'expression/1',
    textHash: toB64u(new Uint8Array(32)),
    language: 'en',
    givenBy: 'self',
    signed: toB64u(new Uint8Array(300)),
  })
  ;[refusal, heard] = [null, []]
  withdrawals = new Withdrawals({
    http: ((name: string, _parameters: unknown, body: unknown) => {
      expect(name).toBe('giveConsent')
      if (refusal !== null) return Promise.reject(new VaultError(refusal))
      heard.push(body)
      return Promise.resolve({})
    }) as Http,
    store,
    require: () => me,
  })
})
afterEach(() => {
  store.close()
})

it('is told to web and not remembered longer', async () => {
  await withdrawals.say(COURSE, statement)
  expect(heard).toEqual([statement])
  expect(await withdrawals.stands(COURSE)).toBe(false)
})

it('that web did not hear stands, and is told again until web has', async () => {
  refusal = 'network'
  await expect(withdrawals.say(COURSE, statement)).rejects.toMatchObject({ code: 'network' })
  expect(await withdrawals.stands(COURSE)).toBe(true)
  refusal = null
  // What web said before it heard is older than the person's word.
  expect(await withdrawals.stands(COURSE)).toBe(true)
  expect(heard).toEqual([statement])
  expect(await withdrawals.stands(COURSE)).toBe(false)
})

it('stands while a proxy answers for web', async () => {
  refusal = 'server'
  await expect(withdrawals.say(COURSE, statement)).rejects.toMatchObject({ code: 'server' })
  expect(await withdrawals.stands(COURSE)).toBe(true)
})

it('is told to web though this device has no room to remember it', async () => {
  const full = new Withdrawals({
    http: ((_name: string, _parameters: unknown, body: unknown) => {
      heard.push(body)
      return Promise.resolve({})
    }) as Http,
    store: {
      putKept: () => Promise.reject(new VaultError('storage-full')),
      kept: () => Promise.resolve(null),
      removeKept: () => Promise.resolve(),
    },
    require: () => me,
  })
  await full.say(COURSE, statement)
  expect(heard).toEqual([statement])
})

it('ends with another word of the same person, and with what web decides', async () => {
  refusal = 'network'
  await expect(withdrawals.say(COURSE, statement)).rejects.toThrow()
  await withdrawals.forget(COURSE)
  expect(await withdrawals.stands(COURSE)).toBe(false)
  await expect(withdrawals.say(COURSE, statement)).rejects.toThrow()
  refusal = 'consent-text-changed'
  expect(await withdrawals.stands(COURSE)).toBe(false)
})

it('stands, though nobody can read it, after keys were reset', async () => {
  refusal = 'network'
  await expect(withdrawals.say(COURSE, statement)).rejects.toThrow()
  me = { ...me, keys: AccountKeys.create() }
  expect(await withdrawals.stands(COURSE)).toBe(true)
})
