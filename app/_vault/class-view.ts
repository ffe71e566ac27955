/**
 * One class as this account may trust it: its readings settings, the class key with its chain to the course's root, and
 * the reason when readings pause. No record may be sealed to a key, and no class key opened, that did not pass here.
 */
import type { ClassKeyAnswer, ReadingsAnswer } from '../_wire/classes.ts'
import type { OpenAccount } from './account.ts'
import { VaultError, isVaultError } from './errors.ts'
import { fromB64u } from './format/bytes.ts'
import { decodeConsent, type Consent } from './format/consent.ts'
import { decodeClassKey } from './format/course-key.ts'
import { openSealed } from './format/record.ts'
import { keyId, unverifiedBody, verifyDocument } from './format/signed.ts'
import type { Http } from './http.ts'
import { loadCourse, openGeneration } from './roster/course-view.ts'
import type { Roster, RosterGeneration } from './roster/roster.ts'
import { same, sodium } from './sodium.ts'
import type { ConsentRequest, PauseReason } from './verbs.ts'

/** A class key that the roster vouches for. */
export interface TrustedClassKey {
  readonly publicKey: Uint8Array
  readonly generation: RosterGeneration
}

export interface ClassView {
  readonly answer: ReadingsAnswer
  readonly roster: Roster | null
  readonly classKey: TrustedClassKey | null
  readonly consent: ConsentRequest
  readonly paused: PauseReason | null
}

const PAUSING = [
  'roster-broken',
  'root-mismatch',
  'generation-broken',
  'class-key-not-vouched',
] as const satisfies readonly PauseReason[]

/** Loads and judges a class. Broken trust is a reason to pause, not a failure. */
export async function loadClass(http: Http, me: OpenAccount, classId: string): Promise<ClassView> {
  const answer = await http('readings', { id: classId }, null)
  const consent = consentOf(answer, me)
  if (answer.mode === 'off') return { answer, roster: null, classKey: null, consent, paused: null }
  let roster: Roster | null = null
  try {
    const course = await loadCourse(http, me, answer.courseId)
    roster = course.roster
    if (course.keysChanged) {
      return { answer, roster, classKey: null, consent, paused: 'teacher-key-changed' }
    }
    const newest = roster.newestGeneration()
    if (!newest || newest.number !== answer.generation?.number)
      throw new VaultError('generation-broken')
    // A class that pauses anyway uses no key; its signer may be the one who has just left.
    const waits = answer.paused === 'generation-needed' || answer.paused === 'settings-changed'
    const offered = waits ? null : answer.classKey
    const classKey = offered ? checkClassKey(offered, classId, roster) : null
    return { answer, roster, classKey, consent, paused: pauseOf(answer, classKey) }
  } catch (error) {
    const paused = PAUSING.find((code) => isVaultError(error, code))
    if (!paused) throw error
    return { answer, roster, classKey: null, consent, paused }
  }
}

/**
 * Checks a class key: class, course, generation, and a signature by a teacher of the course.
 * @param whose teachers of now; `ever` for a class that is over, whose teacher may have left since
 * @throws VaultError `class-key-not-vouched`
 */
export function checkClassKey(
  answer: ClassKeyAnswer,
  classId: string,
  roster: Roster,
  whose: 'now' | 'ever' = 'now',
): TrustedClassKey {
  try {
    const document = fromB64u(answer.signed)
    const claimed = decodeClassKey(unverifiedBody(document))
    const generation = roster.generation(claimed.generation)
    const { signerId, signerKey } = claimed
    const signer =
      whose === 'now'
        ? roster.currentTeacherKeys(signerId, signerKey)
        : roster.teacherKeys(signerId, signerKey)
    const holds =
      generation &&
      signer &&
      claimed.classId === classId &&
      claimed.courseId === roster.courseId &&
      claimed.generation === answer.generation &&
      same(claimed.generationKey, keyId(generation.publicKey)) &&
      same(claimed.publicKey, fromB64u(answer.publicKey))
    if (!holds) throw new VaultError('class-key-not-vouched')
    verifyDocument('attune/class-key/1', document, signer.sign)
    return { publicKey: claimed.publicKey, generation }
  } catch (cause) {
    if (cause instanceof VaultError) throw new VaultError('class-key-not-vouched', { cause })
    throw cause
  }
}

/** The private half of a class key, for a teacher who holds the course key. */
export function openClassKey(
  answer: ClassKeyAnswer,
  trusted: TrustedClassKey,
  me: OpenAccount,
): Uint8Array {
  if (answer.privateBox === null) throw new VaultError('not-a-holder')
  const courseSecret = openGeneration(trusted.generation, me)
  const box = fromB64u(answer.privateBox)
  const secret = openSealed(box, trusted.generation.publicKey, courseSecret)
  sodium.memzero(courseSecret)
  if (secret.length !== 32 || !same(sodium.crypto_scalarmult_base(secret), trusted.publicKey)) {
    throw new VaultError('class-key-not-vouched')
  }
  return secret
}

function pauseOf(answer: ReadingsAnswer, classKey: TrustedClassKey | null): PauseReason | null {
  if (answer.paused === 'generation-needed' || answer.paused === 'settings-changed') {
    return answer.paused
  }
  if (!classKey) return 'no-class-key'
  if (classKey.generation.number !== answer.generation?.number) return 'settings-changed'
  return answer.consentText === classKey.generation.consentTextId ? null : 'settings-changed'
}

/** What was answered counts only when this account's own signature says so, and whoever had to has given it. */
function consentOf(answer: ReadingsAnswer, me: OpenAccount): ConsentRequest {
  const who = { by: answer.consentBy, age: answer.consentAge }
  if (answer.mode === 'off' || answer.consentText === null || answer.role !== 'student') {
    return { state: 'none', textId: '', ...who }
  }
  const textId = answer.consentText
  const given = answer.consent
  if (given?.textId !== textId) return { state: 'ask', textId, ...who }
  try {
    const document = fromB64u(given.signed)
    const consent = decodeConsent(unverifiedBody(document))
    const key = me.keys.signedBy(consent.signerKey)
    if (!key) return { state: 'ask', textId, ...who }
    verifyDocument('attune/consent/1', document, key)
    const holds =
      consent.courseId === answer.courseId &&
      consent.textId === textId &&
      (consent.answer === 'declined' || mayAllow(consent, who))
    return { state: holds ? consent.answer : 'ask', textId, ...who }
  } catch (error) {
    if (error instanceof VaultError) return { state: 'ask', textId, ...who }
    throw error
  }
}

/** Whether the one who allowed it may, by what the school asks for now. */
function mayAllow(given: Consent, { by, age }: Pick<ConsentRequest, 'by' | 'age'>): boolean {
  if (given.givenBy === 'guardian') return true
  return by === 'self' || (by === 'either' && given.statedAge >= age)
}
