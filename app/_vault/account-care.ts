/**
 * What people do with keys that they have: renew them, get a new recovery code, or, when password and recovery code are
 * both lost, begin anew by a code of the school. It must never let old keys go before web has the new ones, and never
 * send a password or a recovery code.
 */
import type { AccountDoor } from './account.ts'
import { VaultError, isVaultError } from './errors.ts'
import { fromB64u } from './format/bytes.ts'
import { signKeyChange } from './format/key-change.ts'
import type { Http } from './http.ts'
import { AccountKeys, type NewWrap } from './keys/account-keys.ts'
import { forget, requireStrongPassword, withPassword } from './keys/password.ts'
import { RECOVERY_BYTES, readRecoveryCode, writeRecoveryCode } from './keys/recovery-code.ts'
import {
  keysOf,
  passwordFields,
  publicToWire,
  recoveryFields,
  refusedAs,
  shownAccount,
} from './keys/wire-keys.ts'
import { same, sodium, toB64u } from './sodium.ts'
import type { VaultAccount } from './verbs.ts'

interface CareDeps {
  readonly http: Http
  readonly door: AccountDoor
  readonly now: () => number
}

interface NewRecovery {
  readonly secret: Uint8Array
  readonly wrap: NewWrap
  readonly proof: { readonly kind: 'password'; readonly secret: string }
  readonly keys: AccountKeys
}

export class AccountCare {
  readonly #deps: CareDeps
  /** A recovery code that was shown and not typed back yet. */
  #recovery: NewRecovery | null = null

  constructor(deps: CareDeps) {
    this.#deps = deps
  }

  /**
   * Puts new pairs in the place of the present ones, by a word that these sign. What was sealed to the old ones stays
   * open to this account, and course keys that it holds are sealed anew.
   * @throws VaultError `wrong-password`, or web's refusal
   */
  async renewKeys(password: string): Promise<void> {
    const { http, door, now } = this.#deps
    const { account, keys } = door.require()
    const proof = await door.proveBy(password)
    const next = keys.renewed()
    try {
      const boxes = await this.#courseKeys(keys, next)
      const change = {
        accountId: account.accountId,
        from: keys.public,
        to: next.public,
        at: now(),
      }
      const { share } = await refusedAs('wrong-password', () =>
        http(
          'renewKeys',
          {},
          {
            proof,
            keyChange: toB64u(signKeyChange(change, keys.signKey, next.signKey)),
            publicKeys: publicToWire(next.public),
            privateBox: toB64u(next.privateBox()),
            boxes,
          },
        ),
      )
      await door.settle(account, next, share)
    } catch (error) {
      if (door.require().keys !== next) next.forget()
      throw error
    }
  }

  /** Another tab has renewed the keys: this one opens them anew. */
  async reloadKeys(): Promise<void> {
    const { http, door } = this.#deps
    const { account, keys } = door.require()
    const { share } = await http('session', {}, null)
    const answer = await http('accountKeys', {}, null)
    const expected = keysOf(answer)
    if (share === null || same(expected.sign, keys.public.sign)) return
    await door.settle(account, keys.reopened(fromB64u(answer.privateBox), expected), share)
  }

  /** A new recovery code, which takes effect once it is typed back. @throws VaultError `wrong-password` */
  async newRecoveryCode(password: string): Promise<string> {
    const { door } = this.#deps
    const { keys } = door.require()
    const proof = await door.proveBy(password)
    this.#forgetRecovery()
    const secret = sodium.randombytes_buf(RECOVERY_BYTES)
    this.#recovery = { secret, wrap: keys.wrapFor('recovery', secret), proof, keys }
    return writeRecoveryCode(secret)
  }

  /** @throws VaultError `wrong-recovery-code` (not the one that was shown), `recovery-code-malformed`, `wrong-password` */
  async confirmRecoveryCode(code: string): Promise<void> {
    const { http, door } = this.#deps
    const typed = readRecoveryCode(code)
    const made = this.#recovery
    const fits = made !== null && same(typed, made.secret) && made.keys === door.require().keys
    forget(typed)
    if (!fits) throw new VaultError('wrong-recovery-code')
    await refusedAs('wrong-password', () =>
      http(
        'changeRecovery',
        {},
        {
          proof: made.proof,
          ...recoveryFields({ ...made.wrap, signInSecret: made.wrap.signInSecret.slice() }),
        },
      ),
    )
    this.#forgetRecovery()
  }

  /**
   * Begins anew by a code of the school: new keys under a new password. What the old keys opened is lost.
   * @returns the new recovery code, which is not kept
   */
  async resetAccount(form: {
    email: string
    code: string
    newPassword: string
  }): Promise<{ account: VaultAccount; recoveryCode: string }> {
    const { http, door, now } = this.#deps
    requireStrongPassword(form.newPassword)
    const { email, code } = form
    const { accountId, publicKeys } = await http('openReset', {}, { email, code })
    const from = keysOf({ publicKeys })
    const keys = AccountKeys.create()
    const recovery = sodium.randombytes_buf(RECOVERY_BYTES)
    const change = { accountId, from, to: keys.public, at: now() }
    const { account, share } = await http(
      'resetAccount',
      {},
      {
        email,
        code,
        keyChange: toB64u(signKeyChange(change, null, keys.signKey)),
        publicKeys: publicToWire(keys.public),
        privateBox: toB64u(keys.privateBox()),
        ...passwordFields(
          withPassword(form.newPassword, (bytes) => keys.wrapFor('password', bytes)),
        ),
        ...recoveryFields(keys.wrapFor('recovery', recovery)),
      },
    )
    const recoveryCode = writeRecoveryCode(recovery)
    forget(recovery)
    const shown = shownAccount(account)
    await door.settle(shown, keys, share)
    return { account: shown, recoveryCode }
  }

  /** Every course key that was sealed to the present keys, sealed to the next. */
  async #courseKeys(
    keys: AccountKeys,
    next: AccountKeys,
  ): Promise<{ courseId: string; generation: number; box: string }[]> {
    const { http } = this.#deps
    const { courses } = await http('heldKeys', {}, null)
    return courses.flatMap(({ courseId, boxes }) =>
      boxes.map(({ generation, box }) => {
        return { courseId, generation, box: sealAnew(keys, next, box) }
      }),
    )
  }

  #forgetRecovery(): void {
    forget(this.#recovery?.secret, this.#recovery?.wrap.signInSecret)
    this.#recovery = null
  }
}

/** A box that cannot be opened stays as it is: it held nothing for this account before either. */
function sealAnew(keys: AccountKeys, next: AccountKeys, box: string): string {
  try {
    const secret = keys.openSealed(fromB64u(box))
    const sealed = toB64u(sodium.crypto_box_seal(secret, next.public.box))
    forget(secret)
    return sealed
  } catch (error) {
    if (isVaultError(error, 'cannot-open')) return box
    throw error
  }
}
