/**
 * What this person has seen of a course, kept in a box to self so that web can neither forge nor read it: the root, the
 * keys of its teachers, and how far its grants and generations had come. A roster that went back, or a teacher's key
 * that changed out of the ordinary, is noticed here.
 */
import { z } from 'zod'
import { VaultError, isVaultError } from '../errors.ts'
import { fromB64u, hex } from '../format/bytes.ts'
import { keyId } from '../format/signed.ts'
import type { Http } from '../http.ts'
import type { AccountKeys } from '../keys/account-keys.ts'
import { same, toB64u } from '../sodium.ts'
import type { Roster } from './roster.ts'

const pinsSchema = z.strictObject({
  root: z.string(),
  newestGrant: z.int(),
  newestGeneration: z.int(),
  /** Account id to key id (hex). */
  teachers: z.record(z.string(), z.string()),
})
export type Pins = z.infer<typeof pinsSchema>

/** A JSON value in a box to self, written by compare-and-set. */
export class SelfBox<T> {
  readonly #http: Http
  readonly #keys: AccountKeys
  readonly #name: string
  readonly #schema: z.ZodType<T>

  constructor(http: Http, keys: AccountKeys, name: string, schema: z.ZodType<T>) {
    this.#http = http
    this.#keys = keys
    this.#name = name
    this.#schema = schema
  }

  /** @throws VaultError `keys-tampered` when the box is not one that this account made */
  async read(): Promise<{ version: number; value: T | null }> {
    const { version, box } = await this.#http('readBox', { name: this.#name }, null)
    if (box === null) return { version, value: null }
    try {
      const plain = this.#keys.openFromSelf(fromB64u(box), this.#name, version)
      const value = this.#schema.parse(JSON.parse(new TextDecoder().decode(plain)))
      return { version, value }
    } catch (cause) {
      throw new VaultError('keys-tampered', { cause })
    }
  }

  /** Changes the value; when another device was faster, reads anew and changes that. */
  async update(change: (value: T | null) => T): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      const { version, value } = await this.read()
      const next = change(value)
      const plain = new TextEncoder().encode(JSON.stringify(next))
      const box = toB64u(this.#keys.sealToSelf(plain, this.#name, version + 1))
      try {
        await this.#http('writeBox', { name: this.#name }, { replaces: version, box })
        return next
      } catch (error) {
        if (!isVaultError(error, 'box-changed') || attempt === 4) throw error
      }
    }
  }
}

export function pinsBox(http: Http, keys: AccountKeys, courseId: string): SelfBox<Pins> {
  return new SelfBox(http, keys, `pins:${courseId}`, pinsSchema)
}

/** The pins of a fresh look at a course. */
export function pinsOf(roster: Roster): Pins {
  return {
    root: toB64u(roster.root),
    newestGrant: roster.newestGrant,
    newestGeneration: roster.newestGeneration()?.number ?? 0,
    teachers: Object.fromEntries(
      roster.teachers().map(({ accountId, keys }) => [accountId, hex(keyId(keys.sign))]),
    ),
  }
}

/**
 * Compares a roster with what was seen before.
 * @returns whether a teacher's key changed (to be confirmed), and whether there is something new to pin
 * @throws VaultError `root-mismatch`, `roster-broken` when the roster went back
 */
export function comparePins(pins: Pins, roster: Roster): { changed: boolean; fresh: boolean } {
  if (!same(fromB64u(pins.root), roster.root)) throw new VaultError('root-mismatch')
  const now = pinsOf(roster)
  if (now.newestGrant < pins.newestGrant || now.newestGeneration < pins.newestGeneration) {
    throw new VaultError('roster-broken')
  }
  const changed = Object.entries(now.teachers).some(
    ([accountId, id]) => (pins.teachers[accountId] ?? id) !== id,
  )
  const known = Object.keys(now.teachers).every((accountId) => accountId in pins.teachers)
  const fresh =
    now.newestGrant > pins.newestGrant || now.newestGeneration > pins.newestGeneration || !known
  return { changed, fresh }
}

/** Pins brought up to a roster; keys that changed stay as they were until they are confirmed. */
export function advancePins(pins: Pins, roster: Roster, confirmed: boolean): Pins {
  const now = pinsOf(roster)
  return {
    ...now,
    teachers: { ...pins.teachers, ...now.teachers, ...(confirmed ? {} : pins.teachers) },
  }
}
