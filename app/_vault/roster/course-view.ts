/**
 * One course as this account may trust it: loads the roster, checks it against the pins and the own word, and opens the
 * course keys that this account holds. Everything that signs or seals for a course starts from here.
 */
import { VaultError } from '../errors.ts'
import { fromB64u } from '../format/bytes.ts'
import { openSealed } from '../format/record.ts'
import { same, sodium, toB64u } from '../sodium.ts'
import type { OpenAccount } from '../account.ts'
import type { Http } from '../http.ts'
import { advancePins, comparePins, pinsBox, pinsOf } from './pins.ts'
import { Roster, type RosterGeneration } from './roster.ts'

export interface CourseView {
  readonly roster: Roster
  /** True: a teacher's key changed out of the ordinary and this person has not confirmed it. */
  readonly keysChanged: boolean
}

/**
 * Loads and checks a course.
 * @param confirm accept keys of teachers that changed
 * @throws VaultError `root-mismatch`, `roster-broken`, `generation-broken`, or web's refusal
 */
export async function loadCourse(
  http: Http,
  me: OpenAccount,
  courseId: string,
  confirm = false,
): Promise<CourseView> {
  const answer = await http('roster', { id: courseId }, null)
  if (answer.courseId !== courseId) throw new VaultError('roster-broken')
  const box = pinsBox(http, me.keys, courseId)
  const { value: pins } = await box.read()
  const roster = new Roster(answer, pins ? fromB64u(pins.root) : null)
  if (!pins) {
    requireOwnRoot(roster, me)
    await box.update((seen) => seen ?? pinsOf(roster))
    return { roster, keysChanged: false }
  }
  const { changed, fresh } = comparePins(pins, roster)
  if (fresh || (changed && confirm)) {
    await box.update((seen) => (seen ? advancePins(seen, roster, confirm) : pinsOf(roster)))
  }
  return { roster, keysChanged: changed && !confirm }
}

/** Pins a root that this person has just created, or read from an invite link. */
export async function pinRoot(
  http: Http,
  me: OpenAccount,
  courseId: string,
  root: Uint8Array,
): Promise<void> {
  await pinsBox(http, me.keys, courseId).update((seen) => {
    if (seen && !same(fromB64u(seen.root), root)) throw new VaultError('root-mismatch')
    return seen ?? { root: toB64u(root), newestGrant: 0, newestGeneration: 0, teachers: {} }
  })
}

/** The private half of a generation's key. @throws VaultError `not-a-holder`, `generation-broken` */
export function openGeneration(generation: RosterGeneration, me: OpenAccount): Uint8Array {
  if (!generation.box) throw new VaultError('not-a-holder')
  const secret = openSealed(generation.box, me.keys.public.box, me.keys.boxPrivate)
  if (secret.length !== 32 || !same(sodium.crypto_scalarmult_base(secret), generation.publicKey)) {
    throw new VaultError('generation-broken')
  }
  return secret
}

/** Opens each generation's key once; throws where this account holds none. */
export function courseSecrets(
  roster: Roster,
  me: OpenAccount,
): (generation: number) => { publicKey: Uint8Array; secret: Uint8Array } {
  const opened = new Map<number, { publicKey: Uint8Array; secret: Uint8Array }>()
  return (number) => {
    const known = opened.get(number)
    if (known) return known
    const generation = roster.generation(number)
    if (!generation) throw new VaultError('generation-broken')
    const key = { publicKey: generation.publicKey, secret: openGeneration(generation, me) }
    opened.set(number, key)
    return key
  }
}

/**
 * Without pins (web may have lost or hidden them) the root is taken only from this person's own signed word: an
 * enrolment under it, or a role in it.
 */
function requireOwnRoot(roster: Roster, me: OpenAccount): void {
  const self = roster.person(me.account.accountId)
  if (!self || !same(self.keys.sign, me.keys.public.sign)) throw new VaultError('root-mismatch')
}
