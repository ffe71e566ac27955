/**
 * Verbs on a course: create, invite, join, roles, settings, and the new generations that these bring with them. A
 * teacher's vault signs and seals here; nothing is taken from web that the roster does not vouch for.
 */
import type { z } from 'zod'
import { consentTextFor, consentTextId, type ConsentTextId } from '../../_wire/consent.ts'
import type { newGeneration } from '../../_wire/courses.ts'
import type { CourseSettings, HistoryPolicy } from '../../_wire/settings.ts'
import type { OpenAccount } from '../account.ts'
import { VaultError } from '../errors.ts'
import { fromB64u } from '../format/bytes.ts'
import { encodeGeneration } from '../format/course-key.ts'
import {
  encodeEnrolment,
  encodeGrant,
  rootFingerprint,
  type Grant,
  type PublicKeys,
} from '../format/grant.ts'
import { KEY_ID_BYTES, keyId, signDocument } from '../format/signed.ts'
import type { Http } from '../http.ts'
import { forget } from '../keys/password.ts'
import { randomId } from '../format/random-id.ts'
import { same, sodium, toB64u } from '../sodium.ts'
import type { CourseRole } from '../verbs.ts'
import { loadCourse, openGeneration, pinRoot } from './course-view.ts'
import { Roster, checkRootGrant, type RosterPerson } from './roster.ts'

/** What every verb on a course needs. */
export interface CourseContext {
  readonly http: Http
  readonly me: OpenAccount
  /** Milliseconds since 1970. */
  readonly now: () => number
}

type NewGeneration = z.input<typeof newGeneration>
type Holder = Pick<RosterPerson, 'accountId' | 'keys'>

/** The first generation's text: a course begins with readings off, and check-ins ask the least. */
const FIRST_TEXT: ConsentTextId = 'check-ins/1'

export async function createCourse(context: CourseContext, name: string): Promise<string> {
  const { http, me } = context
  const courseId = randomId()
  const rootBody = encodeGrant({
    courseId,
    number: 0,
    accountId: me.account.accountId,
    role: 'teacher',
    keys: me.keys.public,
    name: me.account.name,
    granterId: me.account.accountId,
    granterKey: me.keys.id,
    at: context.now(),
  })
  const generation = makeGeneration(context, {
    courseId,
    number: 1,
    consentText: FIRST_TEXT,
    policy: 'totals',
    previous: new Uint8Array(KEY_ID_BYTES),
    holders: [{ accountId: me.account.accountId, keys: me.keys.public }],
  })
  const rootGrant = toB64u(signDocument('attune/grant/1', rootBody, me.keys.signKey))
  await http('createCourse', {}, { id: courseId, name, rootGrant, generation })
  await pinRoot(http, me, courseId, rootFingerprint(rootBody))
  return courseId
}

export async function inviteLink(
  context: CourseContext,
  courseId: string,
  origin: string,
): Promise<{ url: string; fingerprint: string }> {
  const { roster } = await loadCourse(context.http, context.me, courseId)
  const { inviteToken } = await context.http('course', { id: courseId }, null)
  if (inviteToken === null) throw new VaultError('not-allowed')
  const fingerprint = toB64u(roster.root)
  return { url: `${origin}/invite/${inviteToken}#${fingerprint}`, fingerprint }
}

/** Enrols under the root that the invite link's fragment names. @throws VaultError `root-mismatch` */
export async function joinCourse(
  context: CourseContext,
  token: string,
  fragment: string,
): Promise<string> {
  const { http, me } = context
  const wanted = fromB64u(fragment.replace(/^#/, ''))
  const invite = await http('invite', { token }, null)
  const { fingerprint } = checkRootGrant(fromB64u(invite.rootGrant), invite.courseId)
  if (!same(fingerprint, wanted)) throw new VaultError('root-mismatch')
  const body = encodeEnrolment({
    courseId: invite.courseId,
    accountId: me.account.accountId,
    keys: me.keys.public,
    root: fingerprint,
    at: context.now(),
  })
  if (!invite.enrolled) {
    const enrolment = toB64u(signDocument('attune/enrolment/1', body, me.keys.signKey))
    await http('joinCourse', { token }, { enrolment })
  }
  await pinRoot(http, me, invite.courseId, fingerprint)
  return invite.courseId
}

/**
 * Grants a role. A new holder gets the newest key; when a holder stops being one, a new generation takes effect.
 * @param confirmedName the name as this teacher confirmed it on screen
 */
export async function setRole(
  context: CourseContext,
  courseId: string,
  change: { accountId: string; role: CourseRole; confirmedName: string },
): Promise<void> {
  const { http, me } = context
  const { roster } = await loadCourse(http, me, courseId)
  const person = roster.person(change.accountId)
  if (!person) throw new VaultError('not-enrolled')
  if (person.name !== change.confirmedName) throw new VaultError('name-not-confirmed')
  requireTeacher(roster, me)
  const newest = roster.newestGeneration()
  if (!newest) throw new VaultError('generation-broken')
  const holds = (role: string): boolean =>
    role === 'teacher' || (role === 'course-admin' && newest.policy === 'full-history')
  const grant = signGrant(context, roster, { ...person, role: change.role })
  const gains = holds(change.role) && !holds(person.role)
  const loses = holds(person.role) && !holds(change.role)
  const address = { id: courseId, accountId: change.accountId }
  if (gains) {
    const secret = openGeneration(newest, me)
    const box = toB64u(sodium.crypto_box_seal(secret, person.keys.box))
    forget(secret)
    const keyBox = { generation: newest.number, box }
    await http('setRole', address, { role: change.role, grant, keyBox })
  } else if (loses) {
    const generation = nextGeneration(context, roster, newest, change.accountId)
    await http('setRole', address, { role: change.role, grant, generation })
  } else await http('setRole', address, { role: change.role, grant })
}

/**
 * Vouches again for a person whose keys changed, in the role that they have, and hands on the newest key where this
 * account and they are to hold it. Nobody but a teacher can; for others it does nothing.
 */
export async function grantAnew(
  context: CourseContext,
  courseId: string,
  accountId: string,
): Promise<void> {
  const { http, me } = context
  const { roster } = await loadCourse(http, me, courseId)
  const person = roster.person(accountId)
  const role = person?.role
  if (!person || (role !== 'teacher' && role !== 'course-admin')) return
  if (!roster.currentTeacherKeys(me.account.accountId, me.keys.id)) return
  const grant = signGrant(context, roster, { ...person, role })
  const newest = roster.newestGeneration()
  const holds =
    newest && roster.holders(newest.policy).some((holder) => holder.accountId === accountId)
  if (!newest?.box || !holds) {
    await http('setRole', { id: courseId, accountId }, { role, grant })
    return
  }
  const secret = openGeneration(newest, me)
  const box = toB64u(sodium.crypto_box_seal(secret, person.keys.box))
  forget(secret)
  const keyBox = { generation: newest.number, box }
  await http('setRole', { id: courseId, accountId }, { role, grant, keyBox })
}

/** Removes a person; a holder's role is taken by a signed grant first, with a new generation. */
export async function removePerson(
  context: CourseContext,
  courseId: string,
  accountId: string,
): Promise<void> {
  const { http, me } = context
  const { roster } = await loadCourse(http, me, courseId)
  const person = roster.person(accountId)
  if (person && person.role !== 'student') {
    await setRole(context, courseId, { accountId, role: 'student', confirmedName: person.name })
  }
  await http('removePerson', { id: courseId, accountId }, {})
}

/** Saves settings; answers whether a new generation came with them. */
export async function saveSettings(
  context: CourseContext,
  courseId: string,
  settings: CourseSettings,
): Promise<boolean> {
  const { http, me } = context
  const { roster } = await loadCourse(http, me, courseId)
  const newest = roster.newestGeneration()
  if (!newest) throw new VaultError('generation-broken')
  const text = consentTextFor(settings)
  const { generationNeeded } = await http('course', { id: courseId }, null)
  const changes = text !== null && text !== newest.consentTextId
  const needed = changes || settings.historyPolicy !== newest.policy || generationNeeded
  if (!needed) {
    await http('saveSettings', { id: courseId }, { settings })
    return false
  }
  requireTeacher(roster, me)
  const withText = consentTextFor({
    readings: settings.readings === 'off' ? 'check-ins' : settings.readings,
    historyPolicy: settings.historyPolicy,
  })
  const generation = makeGeneration(context, {
    courseId,
    number: newest.number + 1,
    consentText: withText ?? FIRST_TEXT,
    policy: settings.historyPolicy,
    previous: keyId(newest.publicKey),
    holders: roster.holders(settings.historyPolicy),
  })
  await http('saveSettings', { id: courseId }, { settings, generation })
  return true
}

/**
 * The next key of a course under its present text and policy, for the holders of now.
 * @throws VaultError `not-allowed` for anyone but a teacher
 */
export async function renewGeneration(
  context: CourseContext,
  courseId: string,
): Promise<NewGeneration> {
  const { roster } = await loadCourse(context.http, context.me, courseId)
  requireTeacher(roster, context.me)
  const newest = roster.newestGeneration()
  if (!newest) throw new VaultError('generation-broken')
  return nextGeneration(context, roster, newest)
}

function nextGeneration(
  context: CourseContext,
  roster: Roster,
  newest: NonNullable<ReturnType<Roster['newestGeneration']>>,
  without?: string,
): NewGeneration {
  return makeGeneration(context, {
    courseId: roster.courseId,
    number: newest.number + 1,
    consentText: consentTextId.parse(newest.consentTextId),
    policy: newest.policy,
    previous: keyId(newest.publicKey),
    holders: roster.holders(newest.policy).filter(({ accountId }) => accountId !== without),
  })
}

function makeGeneration(
  { me, now }: CourseContext,
  plan: {
    courseId: string
    number: number
    consentText: ConsentTextId
    policy: HistoryPolicy
    previous: Uint8Array
    holders: readonly Holder[]
  },
): NewGeneration {
  const pair = sodium.crypto_box_keypair()
  const body = encodeGeneration({
    courseId: plan.courseId,
    number: plan.number,
    policy: plan.policy,
    consentTextId: plan.consentText,
    publicKey: pair.publicKey,
    previous: plan.previous,
    signerId: me.account.accountId,
    signerKey: me.keys.id,
    at: now(),
  })
  const seal = (keys: PublicKeys): string =>
    toB64u(sodium.crypto_box_seal(pair.privateKey, keys.box))
  const boxes = plan.holders.map(({ accountId, keys }) => ({
    accountId,
    box: seal(keys),
  }))
  forget(pair.privateKey)
  return {
    number: plan.number,
    publicKey: toB64u(pair.publicKey),
    consentText: plan.consentText,
    historyPolicy: plan.policy,
    signed: toB64u(signDocument('attune/generation/1', body, me.keys.signKey)),
    boxes,
  }
}

function signGrant(
  { me, now }: CourseContext,
  roster: Roster,
  subject: Pick<Grant, 'accountId' | 'role' | 'keys' | 'name'>,
): string {
  const body = encodeGrant({
    courseId: roster.courseId,
    number: roster.nextGrant,
    accountId: subject.accountId,
    role: subject.role,
    keys: subject.keys,
    name: subject.name,
    granterId: me.account.accountId,
    granterKey: me.keys.id,
    at: now(),
  })
  return toB64u(signDocument('attune/grant/1', body, me.keys.signKey))
}

function requireTeacher(roster: Roster, me: OpenAccount): void {
  if (!roster.currentTeacherKeys(me.account.accountId, me.keys.id)) {
    throw new VaultError('not-allowed')
  }
}
