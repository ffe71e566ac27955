/**
 * One course as this account may trust it: loads the roster, checks it against the pins and the own word, and opens the
 * course keys that this account holds. Everything that signs or seals for a course starts from here.
 */
import { VaultError } from '../errors.ts'
import type { RosterAnswer } from '../../_wire/courses.ts'
import { fromB64u, hex } from '../format/bytes.ts'
import { same, sodium, toB64u } from '../sodium.ts'
import type { OpenAccount } from '../account.ts'
import type { Http } from '../http.ts'
import { advancePins, comparePins, pinsBox, pinsOf, strangers } from './pins.ts'
import { Roster, type Confirmed, type RosterGeneration, type RosterPerson } from './roster.ts'

export interface CourseView {
  readonly roster: Roster
  /** True: a teacher's key changed out of the ordinary and this person has not confirmed it. */
  readonly keysChanged: boolean
  /** Whose keys those are; empty where this account itself began anew and knows nobody's. */
  readonly changed: readonly RosterPerson[]
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
  const self = me.account.accountId
  const known: Confirmed = (accountId, id) => {
    return id === pins?.teachers[accountId] || (accountId === self && id === hex(me.keys.id))
  }
  const root = pins ? fromB64u(pins.root) : null
  const seen = new Roster(answer, root, known)
  const roster = confirm ? new Roster(answer, root, () => true) : seen
  if (!pins) {
    requireOwnRoot(roster, me)
    // After a reset this account remembers nothing: its person looks at the course before anything is pinned.
    if (beganAnew(answer, me) && !confirm) return { roster, keysChanged: true, changed: [] }
    await box.update((before) => before ?? pinsOf(roster))
    const changed = confirm ? [] : strangers(null, roster)
    return { roster, keysChanged: changed.length > 0, changed }
  }
  const { changed, fresh } = comparePins(pins, roster)
  if (fresh || (changed && confirm)) {
    await box.update((before) => (before ? advancePins(before, roster, confirm) : pinsOf(roster)))
  }
  const strange = confirm ? [] : strangers(pins, roster)
  return { roster, keysChanged: changed && !confirm, changed: strange }
}

/** Whether this account lost its keys since it enrolled, and with them its memory of the course. */
function beganAnew(answer: RosterAnswer, me: OpenAccount): boolean {
  const row = answer.people.find(({ accountId }) => accountId === me.account.accountId)
  return row?.keyChanges.some(({ kind }) => kind === 'reset') ?? false
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
  const secret = me.keys.openSealed(generation.box)
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
