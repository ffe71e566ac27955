/**
 * What this person has seen of a course, kept in a box to self so that web can neither forge nor read it: the root, the
 * keys of its teachers, and how far its grants and generations had come. A roster that went back, or a teacher's key
 * that changed out of the ordinary, is noticed here.
 */
import * as z from 'zod'
import { VaultError, isVaultError } from '../errors.ts'
import { fromB64u } from '../format/bytes.ts'
import type { Http } from '../http.ts'
import type { AccountKeys } from '../keys/account-keys.ts'
import { same, toB64u } from '../sodium.ts'
import { idOf } from './key-chain.ts'
import type { Roster, RosterPerson } from './roster.ts'

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
      // Keys that were put away while web answered say nothing of the box.
      if (isVaultError(cause, 'vault-locked')) throw cause
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
      roster.teachers().map(({ accountId, keys }) => [accountId, idOf(keys)]),
    ),
  }
}

/**
 * Compares a roster with what was seen before.
 * @returns whether a teacher's key changed out of the ordinary (to be confirmed), and whether there is something new to
 * pin; an ordinary change is something new
 * @throws VaultError `root-mismatch`, `roster-broken` when the roster went back
 */
export function comparePins(pins: Pins, roster: Roster): { changed: boolean; fresh: boolean } {
  if (!same(fromB64u(pins.root), roster.root)) throw new VaultError('root-mismatch')
  const now = pinsOf(roster)
  if (now.newestGrant < pins.newestGrant || now.newestGeneration < pins.newestGeneration) {
    throw new VaultError('roster-broken')
  }
  const moved = roster
    .teachers()
    .filter((person) => pins.teachers[person.accountId] !== idOf(person.keys))
  const strange = moved.filter((person) => isStrange(pins, roster, person))
  const fresh =
    now.newestGrant > pins.newestGrant ||
    now.newestGeneration > pins.newestGeneration ||
    moved.length > strange.length
  return { changed: strange.length > 0 || roster.unconfirmed().length > 0, fresh }
}

/** Pins brought up to a roster; keys that changed out of the ordinary stay as they were until they are confirmed. */
export function advancePins(pins: Pins, roster: Roster, confirmed: boolean): Pins {
  const teachers = { ...pins.teachers }
  for (const person of roster.teachers()) {
    if (confirmed || !isStrange(pins, roster, person))
      teachers[person.accountId] = idOf(person.keys)
  }
  return { ...pinsOf(roster), teachers }
}

/** Teachers whose keys are not those that this person knew, with no word of the old key for the new one. */
export function strangers(pins: Pins | null, roster: Roster): readonly RosterPerson[] {
  const strange = pins ? roster.teachers().filter((one) => isStrange(pins, roster, one)) : []
  return [...new Set([...strange, ...roster.unconfirmed()])]
}

function isStrange(pins: Pins, roster: Roster, { accountId, keys }: RosterPerson): boolean {
  const pinned = pins.teachers[accountId]
  return pinned !== undefined && !roster.renewedFrom(accountId, pinned, keys)
}
