/**
 * Ways into an account: sign-up, sign-in by password or recovery code, unlocking across page loads, a new password,
 * sign-out. It holds the unwrapped keys for as long as this worker lives; nothing else keeps a copy. A password or a
 * recovery code is turned into secrets here and never sent.
 */
import type { z } from 'zod'
import type { signInAnswer } from '../_wire/accounts.ts'
import { VaultError } from './errors.ts'
import { fromB64u } from './format/bytes.ts'
import type { Http } from './http.ts'
import { AccountKeys, openWrap, type WrapKind } from './keys/account-keys.ts'
import { keepOnDevice, openFromDevice } from './keys/device-key.ts'
import {
  deriveSecrets,
  forget,
  passwordBytes,
  requireStrongPassword,
  withPassword,
} from './keys/password.ts'
import { RECOVERY_BYTES, readRecoveryCode, writeRecoveryCode } from './keys/recovery-code.ts'
import {
  kdfOf,
  keysOf,
  openKeys,
  passwordFields,
  recoveryFields,
  refusedAs,
  shownAccount,
  wrapOf,
} from './keys/wire-keys.ts'
import { same, sodium, toB64u } from './sodium.ts'
import type { VaultStore } from './store.ts'
import type { VaultAccount, VaultStatus } from './verbs.ts'

type SignInAnswer = z.infer<typeof signInAnswer>

/** Who is signed in, with the keys that are open. */
export interface OpenAccount {
  readonly account: VaultAccount
  readonly keys: AccountKeys
}

export class AccountDoor {
  readonly #http: Http
  readonly #store: VaultStore
  #open: OpenAccount | null = null

  constructor(http: Http, store: VaultStore) {
    this.#http = http
    this.#store = store
  }

  /** The open account. @throws VaultError `vault-locked` */
  require(): OpenAccount {
    if (!this.#open) throw new VaultError('vault-locked')
    return this.#open
  }

  /** Looks at the session, and unlocks when this device holds its half. */
  async status(): Promise<VaultStatus> {
    const before = this.#open
    const { account, share } = await this.#http('session', {}, null)
    // Whoever signed in while web answered knows better than the answer.
    if (this.#open && this.#open !== before) {
      return { state: 'unlocked', account: this.#open.account }
    }
    if (!account || share === null) {
      this.forget()
      return { state: 'signed-out', account: null }
    }
    const shown = shownAccount(account)
    if (this.#open && this.#open.account.accountId !== shown.accountId) this.forget()
    if (this.#open) return { state: 'unlocked', account: this.#open.account }
    const accountKey = await openFromDevice(this.#store, shown.accountId, fromB64u(share, 32))
    if (!accountKey) return { state: 'locked', account: shown }
    const answer = await this.#http('accountKeys', {}, null)
    this.#admit(shown, AccountKeys.open(accountKey, fromB64u(answer.privateBox), keysOf(answer)))
    return { state: 'unlocked', account: shown }
  }

  /** Makes all keys and the account; answers the recovery code, which is not kept. */
  async signUp(form: {
    name: string
    email: string
    password: string
    invite?: string | undefined
    setUpCode?: string | undefined
  }): Promise<{ account: VaultAccount; recoveryCode: string }> {
    requireStrongPassword(form.password)
    const keys = AccountKeys.create()
    const recovery = sodium.randombytes_buf(RECOVERY_BYTES)
    const password = withPassword(form.password, (bytes) => keys.wrapFor('password', bytes))
    const byCode = keys.wrapFor('recovery', recovery)
    const { account, share } = await this.#http(
      'signUp',
      {},
      {
        name: form.name,
        email: form.email,
        publicKeys: { sign: toB64u(keys.public.sign), box: toB64u(keys.public.box) },
        privateBox: toB64u(keys.privateBox()),
        ...passwordFields(password),
        ...recoveryFields(byCode),
        ...(form.invite === undefined ? {} : { invite: form.invite }),
        ...(form.setUpCode === undefined ? {} : { setUpCode: form.setUpCode }),
      },
    )
    const recoveryCode = writeRecoveryCode(recovery)
    forget(recovery)
    const shown = shownAccount(account)
    await this.settle(shown, keys, share)
    return { account: shown, recoveryCode }
  }

  /** @throws VaultError `wrong-password`, `keys-tampered`, `key-parameters-weak`, or web's refusal */
  async signIn(email: string, password: string): Promise<VaultAccount> {
    const { answer, accountKey } = await this.#enter(email, 'password', passwordBytes(password))
    const shown = shownAccount(answer.account)
    await this.settle(shown, openKeys(accountKey, answer.keys), answer.share)
    return shown
  }

  /** Signs in by recovery code and sets a new password; every key is kept. */
  async signInWithRecovery(
    email: string,
    recoveryCode: string,
    newPassword: string,
  ): Promise<VaultAccount> {
    requireStrongPassword(newPassword)
    const recovery = readRecoveryCode(recoveryCode)
    const { answer, accountKey, secret } = await this.#enter(email, 'recovery', recovery)
    const keys = openKeys(accountKey, answer.keys)
    const { share } = await this.#http(
      'changePassword',
      {},
      {
        proof: { kind: 'recovery', secret },
        ...passwordFields(withPassword(newPassword, (bytes) => keys.wrapFor('password', bytes))),
      },
    )
    const shown = shownAccount(answer.account)
    await this.settle(shown, keys, share)
    return shown
  }

  /** Opens the keys of the live session by password. @throws VaultError `wrong-password` */
  async unlock(password: string): Promise<VaultStatus> {
    const { account, share } = await this.#http('session', {}, null)
    if (!account || share === null) throw new VaultError('signed-out')
    const answer = await this.#http('accountKeys', {}, null)
    const wrap = wrapOf(answer, 'password')
    const { signInSecret, wrapKey } = withPassword(password, (bytes) =>
      deriveSecrets(bytes, wrap.salt, wrap),
    )
    forget(signInSecret)
    let accountKey: Uint8Array
    try {
      accountKey = openWrap(wrap, wrapKey)
    } catch (cause) {
      // A wrong password and an altered wrap look the same without web's word on the secret.
      throw new VaultError('wrong-password', { cause })
    } finally {
      forget(wrapKey)
    }
    const shown = shownAccount(account)
    await this.settle(shown, openKeys(accountKey, answer), share)
    return { state: 'unlocked', account: shown }
  }

  /** @throws VaultError `wrong-password`, `password-weak` */
  async changePassword(current: string, next: string): Promise<void> {
    requireStrongPassword(next)
    const { account, keys } = this.require()
    const proof = await this.proveBy(current)
    const { share } = await refusedAs('wrong-password', () =>
      this.#http(
        'changePassword',
        {},
        {
          proof,
          ...passwordFields(withPassword(next, (bytes) => keys.wrapFor('password', bytes))),
        },
      ),
    )
    await this.settle(account, keys, share)
  }

  /** What proves to web that whoever sits here knows the password. */
  async proveBy(password: string): Promise<{ kind: 'password'; secret: string }> {
    const answer = await this.#http('accountKeys', {}, null)
    const wrap = wrapOf(answer, 'password')
    const { signInSecret, wrapKey } = withPassword(password, (bytes) =>
      deriveSecrets(bytes, wrap.salt, wrap),
    )
    const secret = toB64u(signInSecret)
    forget(wrapKey, signInSecret)
    return { kind: 'password', secret }
  }

  /** Ends the session; this device's half goes even when web cannot be reached. */
  async signOut(): Promise<void> {
    this.forget()
    await this.#store.removeDevice()
    await this.#http('signOut', {}, {})
  }

  async #enter(
    email: string,
    kind: WrapKind,
    secretBytes: Uint8Array,
  ): Promise<{ answer: SignInAnswer; accountKey: Uint8Array; secret: string }> {
    const { kdf, salt } = await this.#http('signInSalt', {}, { email, kind })
    const { signInSecret, wrapKey } = deriveSecrets(secretBytes, fromB64u(salt), kdfOf(kdf))
    forget(secretBytes)
    const secret = toB64u(signInSecret)
    forget(signInSecret)
    try {
      const wrong = kind === 'password' ? 'wrong-password' : 'wrong-recovery-code'
      const answer = await refusedAs(wrong, () => this.#http('signIn', {}, { email, kind, secret }))
      return { answer, accountKey: openWrap(wrapOf(answer.keys, kind), wrapKey), secret }
    } finally {
      forget(wrapKey)
    }
  }

  /** Takes these keys as those of the live session, and keeps this device's half. */
  async settle(account: VaultAccount, keys: AccountKeys, share: string): Promise<void> {
    await keys.lendAccountKey((accountKey) =>
      keepOnDevice(this.#store, account.accountId, accountKey, fromB64u(share, 32)),
    )
    this.#admit(account, keys)
  }

  /** Takes keys as the open ones. Those that are open already stay: work that is under way holds them. */
  #admit(account: VaultAccount, keys: AccountKeys): void {
    const open = this.#open
    if (open && open.keys !== keys) {
      if (same(open.keys.public.sign, keys.public.sign)) {
        keys.forget()
        this.#open = { account, keys: open.keys }
        return
      }
      open.keys.forget()
    }
    this.#open = { account, keys }
  }

  /** Overwrites the open keys. */
  forget(): void {
    this.#open?.keys.forget()
    this.#open = null
  }
}
