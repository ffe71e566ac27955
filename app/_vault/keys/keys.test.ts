import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import 'fake-indexeddb/auto'
import { sodium, sodiumReady } from '../sodium.ts'
import { VaultStore } from '../store.ts'
import { AccountKeys, openWrap, WRAP_BOX_BYTES } from './account-keys.ts'
import { keepOnDevice, openFromDevice } from './device-key.ts'
import { deriveSecrets, KDF_PARAMETERS, passwordBytes } from './password.ts'
import { readRecoveryCode, writeRecoveryCode } from './recovery-code.ts'

beforeAll(sodiumReady)

const refusal = (code: string): unknown => expect.objectContaining({ code })

describe('deriveSecrets', () => {
  const salt = new Uint8Array(16).fill(7)
  const secret = passwordBytes('correct horse battery')

  it.each([
    { kdf: 'argon2id', memory: 64 * 1024 * 1024 - 1, passes: 3 },
    { kdf: 'argon2id', memory: 64 * 1024 * 1024, passes: 2 },
    { kdf: 'argon2i', memory: 64 * 1024 * 1024, passes: 3 },
    { kdf: 'pbkdf2', memory: 64 * 1024 * 1024, passes: 3 },
  ])('refuses $kdf with $memory bytes and $passes passes', (parameters) => {
    expect(() => deriveSecrets(secret, salt, parameters)).toThrow(refusal('key-parameters-weak'))
  })

  it('gives two unlike secrets, the same ones again, and others for another salt or password', () => {
    const first = deriveSecrets(secret, salt, KDF_PARAMETERS)
    const again = deriveSecrets(secret, salt, KDF_PARAMETERS)
    const salted = deriveSecrets(
      secret,
      salt.map((byte) => byte ^ 1),
      KDF_PARAMETERS,
    )
    expect(again).toEqual(first)
    expect(first.signInSecret).not.toEqual(first.wrapKey)
    expect(salted.signInSecret).not.toEqual(first.signInSecret)
    expect(first.signInSecret).toHaveLength(32)
  })

  it('takes a password alike however the keyboard composed it', () => {
    expect(passwordBytes('Füße')).toEqual(passwordBytes('Fu\u0308ße'))
  })
})

describe('a recovery code', () => {
  it('reads back what was written, however it was typed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        fc.boolean(),
        (secret, lower) => {
          const code = writeRecoveryCode(secret)
          expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/)
          const typed = code.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('-', '  ')
          expect(readRecoveryCode(lower ? typed.toLowerCase() : typed)).toEqual(secret)
        },
      ),
    )
  })

  it.each(['', 'ABCD', 'A'.repeat(31), 'A'.repeat(33), `${'A'.repeat(31)}U`])(
    'refuses %j',
    (code) => {
      expect(() => readRecoveryCode(code)).toThrow(refusal('recovery-code-malformed'))
    },
  )
})

describe('account keys', () => {
  it('come back through a wrap, and are refused when the wrap, the box or the public keys were altered', () => {
    const keys = AccountKeys.create()
    const { wrap, signInSecret } = keys.wrapFor('password', passwordBytes('correct horse battery'))
    const secrets = deriveSecrets(passwordBytes('correct horse battery'), wrap.salt, wrap)
    expect(secrets.signInSecret).toEqual(signInSecret)
    expect(wrap.box).toHaveLength(WRAP_BOX_BYTES)
    const box = keys.privateBox()
    const opened = AccountKeys.open(openWrap(wrap, secrets.wrapKey), box, keys.public)
    expect(opened.signKey).toEqual(keys.signKey)
    expect(opened.boxPrivate).toEqual(keys.boxPrivate)

    const altered = (bytes: Uint8Array): Uint8Array => bytes.map((b, i) => (i === 30 ? b ^ 1 : b))
    const tampered = refusal('keys-tampered')
    expect(() => openWrap({ ...wrap, box: altered(wrap.box) }, secrets.wrapKey)).toThrow(tampered)
    expect(() => openWrap({ ...wrap, kind: 'recovery' }, secrets.wrapKey)).toThrow(tampered)
    const accountKey = (): Uint8Array => openWrap(wrap, secrets.wrapKey)
    expect(() => AccountKeys.open(accountKey(), altered(box), keys.public)).toThrow(tampered)
    const others = AccountKeys.create().public
    expect(() => AccountKeys.open(accountKey(), box, { ...keys.public, box: others.box })).toThrow(
      tampered,
    )
  })

  it('are overwritten when they are put away, and refuse every use from then on', () => {
    const keys = AccountKeys.create()
    const { signKey, boxPrivate } = keys
    const box = keys.sealToSelf(Uint8Array.of(1), 'pins:x', 1)
    keys.forget()
    expect(sodium.is_zero(signKey) && sodium.is_zero(boxPrivate)).toBe(true)
    const locked = refusal('vault-locked')
    // What work under way would seal now, everybody could open.
    expect(() => keys.sealToSelf(Uint8Array.of(2), 'pins:x', 2)).toThrow(locked)
    expect(() => keys.openFromSelf(box, 'pins:x', 1)).toThrow(locked)
    expect(() => keys.openSealed(box)).toThrow(locked)
    expect(() => keys.wrapFor('password', passwordBytes('correct horse battery'))).toThrow(locked)
    expect(() => keys.privateBox()).toThrow(locked)
    expect(() => keys.renewed()).toThrow(locked)
    expect(() => keys.signKey).toThrow(locked)
  })

  it('seal boxes to self that open under their own name and version alone', () => {
    const keys = AccountKeys.create()
    const box = keys.sealToSelf(Uint8Array.of(1, 2, 3), 'pins:x', 4)
    expect(keys.openFromSelf(box, 'pins:x', 4)).toEqual(Uint8Array.of(1, 2, 3))
    const refused = refusal('cannot-open')
    expect(() => keys.openFromSelf(box, 'pins:y', 4)).toThrow(refused)
    expect(() => keys.openFromSelf(box, 'pins:x', 5)).toThrow(refused)
    expect(() => AccountKeys.create().openFromSelf(box, 'pins:x', 4)).toThrow(refused)
  })
})

describe('the device key', () => {
  it('opens with this account and this session alone, and cannot be read out', async () => {
    const store = await VaultStore.open('device-key')
    const accountKey = sodium.randombytes_buf(32)
    const share = sodium.randombytes_buf(32)
    await keepOnDevice(store, 'ada', accountKey, share)
    expect(await openFromDevice(store, 'ada', share)).toEqual(accountKey)
    expect(await openFromDevice(store, 'ada', sodium.randombytes_buf(32))).toBeNull()
    expect(await openFromDevice(store, 'bob', share)).toBeNull()
    const slot = await store.getDevice()
    if (!slot) throw new Error('nothing was kept')
    await expect(crypto.subtle.exportKey('raw', slot.deviceKey)).rejects.toThrow()
    expect(Buffer.from(slot.box).includes(Buffer.from(accountKey))).toBe(false)
    await store.removeDevice()
    expect(await openFromDevice(store, 'ada', share)).toBeNull()
    store.close()
  })
})
