/**
 * The keys of one account: an Ed25519 and an X25519 pair, wrapped by a random account key, which is itself wrapped
 * once per way in. The unwrapped halves live in the worker's memory alone, and are overwritten at sign-out. Once
 * overwritten they refuse every use: a box sealed under nothing could be read by anybody, and opened by nobody later.
 */
import { VaultError, isVaultError } from '../errors.ts'
import { concat } from '../format/bytes.ts'
import type { PublicKeys } from '../format/grant.ts'
import { openSealed } from '../format/record.ts'
import { keyId } from '../format/signed.ts'
import { same, sodium, toB64u } from '../sodium.ts'
import { lock, unlock } from './box.ts'
import {
  KDF_PARAMETERS,
  SALT_BYTES,
  deriveSecrets,
  forget,
  type KdfParameters,
} from './password.ts'

export const ACCOUNT_KEY_BYTES = 32
/** Ed25519 secret key and X25519 private key. */
const PRESENT_BYTES = 64 + 32
/** Ed25519 public key and X25519 private key. */
const RETIRED_BYTES = 32 + 32
export const WRAP_BOX_BYTES = 24 + 32 + 16

export type WrapKind = 'password' | 'recovery'

/** One way in, as stored by web. */
export interface Wrap extends KdfParameters {
  readonly kind: WrapKind
  readonly salt: Uint8Array
  /** The account key under the wrap key of this way in. */
  readonly box: Uint8Array
}

/** A new wrap and the secret by which web will know this way in. */
export interface NewWrap {
  readonly wrap: Wrap
  readonly signInSecret: Uint8Array
}

/** What is left of keys that were put aside: enough to open what was sealed to them and to know what they signed. */
interface RetiredPair {
  readonly public: PublicKeys
  readonly boxPrivate: Uint8Array
}

/** An account's unwrapped keys. */
export class AccountKeys {
  readonly public: PublicKeys
  /** Key id of the Ed25519 key. */
  readonly id: Uint8Array
  readonly #signKey: Uint8Array
  readonly #boxPrivate: Uint8Array
  readonly #accountKey: Uint8Array
  /** Newest first. */
  readonly #retired: readonly RetiredPair[]
  #gone = false

  private constructor(
    accountKey: Uint8Array,
    signKey: Uint8Array,
    boxPrivate: Uint8Array,
    retired: readonly RetiredPair[] = [],
  ) {
    this.#accountKey = accountKey
    this.#retired = retired
    this.#signKey = signKey
    this.#boxPrivate = boxPrivate
    this.public = {
      sign: sodium.crypto_sign_ed25519_sk_to_pk(signKey),
      box: sodium.crypto_scalarmult_base(boxPrivate),
    }
    this.id = keyId(this.public.sign)
  }

  /** @throws VaultError `vault-locked` once these keys were overwritten */
  get signKey(): Uint8Array {
    this.#requireKept()
    return this.#signKey
  }

  /** @throws VaultError `vault-locked` once these keys were overwritten */
  get boxPrivate(): Uint8Array {
    this.#requireKept()
    return this.#boxPrivate
  }

  /** New pairs under a new account key. */
  static create(): AccountKeys {
    return new AccountKeys(
      sodium.randombytes_buf(ACCOUNT_KEY_BYTES),
      sodium.crypto_sign_keypair().privateKey,
      sodium.crypto_box_keypair().privateKey,
    )
  }

  /** New pairs under the same account key; the present ones are retired. The old object stays as it is. */
  renewed(): AccountKeys {
    this.#requireKept()
    const own: RetiredPair = { public: this.public, boxPrivate: this.boxPrivate.slice() }
    const before = this.#retired.map((pair) => ({ ...pair, boxPrivate: pair.boxPrivate.slice() }))
    return new AccountKeys(
      this.#accountKey.slice(),
      sodium.crypto_sign_keypair().privateKey,
      sodium.crypto_box_keypair().privateKey,
      [own, ...before],
    )
  }

  /** The keys anew from their private box, after another tab has renewed them. @throws VaultError `keys-tampered` */
  reopened(privateBox: Uint8Array, expected: PublicKeys): AccountKeys {
    this.#requireKept()
    return AccountKeys.open(this.#accountKey.slice(), privateBox, expected)
  }

  /**
   * Opens the private box with the account key (which this object owns from now on).
   * @param expected the public keys that the server names for this account
   * @throws VaultError `keys-tampered`
   */
  static open(accountKey: Uint8Array, privateBox: Uint8Array, expected: PublicKeys): AccountKeys {
    let plain: Uint8Array
    try {
      plain = unlock(privateBox, privatePurpose(expected), accountKey)
    } catch (cause) {
      throw new VaultError('keys-tampered', { cause })
    }
    if (plain.length < PRESENT_BYTES || (plain.length - PRESENT_BYTES) % RETIRED_BYTES !== 0) {
      throw new VaultError('keys-tampered')
    }
    const retired: RetiredPair[] = []
    for (let at = PRESENT_BYTES; at < plain.length; at += RETIRED_BYTES) {
      const boxPrivate = plain.slice(at + 32, at + RETIRED_BYTES)
      const box = sodium.crypto_scalarmult_base(boxPrivate)
      retired.push({ public: { sign: plain.slice(at, at + 32), box }, boxPrivate })
    }
    const present = [plain.slice(0, 64), plain.slice(64, PRESENT_BYTES)] as const
    const keys = new AccountKeys(accountKey, ...present, retired)
    forget(plain)
    if (!same(keys.public.sign, expected.sign) || !same(keys.public.box, expected.box)) {
      keys.forget()
      throw new VaultError('keys-tampered')
    }
    return keys
  }

  /** Both private halves under the account key, and what is left of retired ones. */
  privateBox(): Uint8Array {
    const retired = this.#retired.flatMap((pair) => [pair.public.sign, pair.boxPrivate])
    const plain = concat(this.signKey, this.boxPrivate, ...retired)
    const box = lock(plain, privatePurpose(this.public), this.#accountKey)
    forget(plain)
    return box
  }

  /** Wraps the account key for a way in, with a fresh salt. */
  wrapFor(kind: WrapKind, secret: Uint8Array): NewWrap {
    this.#requireKept()
    const salt = sodium.randombytes_buf(SALT_BYTES)
    const { signInSecret, wrapKey } = deriveSecrets(secret, salt, KDF_PARAMETERS)
    const box = lock(this.#accountKey, wrapPurpose(kind), wrapKey)
    forget(wrapKey)
    return { wrap: { kind, ...KDF_PARAMETERS, salt, box }, signInSecret }
  }

  /** Opens what was sealed to this account, now or before its keys were renewed. @throws VaultError `cannot-open` */
  openSealed(box: Uint8Array): Uint8Array {
    for (const { public: keys, boxPrivate } of [this, ...this.#retired]) {
      try {
        return openSealed(box, keys.box, boxPrivate)
      } catch (error) {
        if (!isVaultError(error, 'cannot-open')) throw error
      }
    }
    throw new VaultError('cannot-open')
  }

  /** The own Ed25519 public key of this id, present or retired. */
  signedBy(id: Uint8Array): Uint8Array | undefined {
    const pair = [this, ...this.#retired].find((one) => same(keyId(one.public.sign), id))
    return pair?.public.sign
  }

  /** How many keys were retired before these. */
  get retiredCount(): number {
    return this.#retired.length
  }

  /** A box to self, which nobody else can make or read; `name` and `version` are bound to it. */
  sealToSelf(plain: Uint8Array, name: string, version: number): Uint8Array {
    return this.#withSelfKey((key) => lock(plain, `attune/self/1\0${name}\0${version}`, key))
  }

  /** @throws VaultError `cannot-open` */
  openFromSelf(box: Uint8Array, name: string, version: number): Uint8Array {
    return this.#withSelfKey((key) => unlock(box, `attune/self/1\0${name}\0${version}`, key))
  }

  /** Hands the account key to `borrow` (the device key's business) as a copy that is overwritten afterwards. */
  async lendAccountKey<T>(borrow: (accountKey: Uint8Array) => Promise<T>): Promise<T> {
    this.#requireKept()
    const copy = this.#accountKey.slice()
    try {
      return await borrow(copy)
    } finally {
      forget(copy)
    }
  }

  /** Overwrites every secret; whatever still holds this object is refused with `vault-locked`. */
  forget(): void {
    this.#gone = true
    const retired = this.#retired.map((pair) => pair.boxPrivate)
    forget(this.#accountKey, this.#signKey, this.#boxPrivate, ...retired)
  }

  #requireKept(): void {
    if (this.#gone) throw new VaultError('vault-locked')
  }

  #withSelfKey<T>(run: (key: Uint8Array) => T): T {
    this.#requireKept()
    const key = sodium.crypto_kdf_derive_from_key(32, 3, 'attuneKS', this.#accountKey)
    try {
      return run(key)
    } finally {
      forget(key)
    }
  }
}

/**
 * The account key out of a wrap.
 * @throws VaultError `keys-tampered` (a right secret is assumed: web has accepted the sign-in secret)
 */
export function openWrap(wrap: Wrap, wrapKey: Uint8Array): Uint8Array {
  try {
    const accountKey = unlock(wrap.box, wrapPurpose(wrap.kind), wrapKey)
    if (accountKey.length !== ACCOUNT_KEY_BYTES) throw new VaultError('keys-tampered')
    return accountKey
  } catch (cause) {
    if (isVaultError(cause, 'keys-tampered')) throw cause
    throw new VaultError('keys-tampered', { cause })
  }
}

function wrapPurpose(kind: WrapKind): string {
  return `attune/wrap/1\0${kind}`
}

function privatePurpose(keys: PublicKeys): string {
  return `attune/private/1\0${toB64u(keys.sign)}\0${toB64u(keys.box)}`
}
