/**
 * Opens a class for a teacher's vault: makes the class key where there is none, and opens the keys that this account
 * holds. Whoever holds no key gets no session.
 */
import type { OpenAccount } from '../account.ts'
import { checkClassKey, loadClass, openClassKey, type ClassView } from '../class-view.ts'
import { encodeClassKey } from '../format/course-key.ts'
import { keyId, signDocument } from '../format/signed.ts'
import type { Http } from '../http.ts'
import { forget } from '../keys/password.ts'
import { courseSecrets, loadCourse, openGeneration } from '../roster/course-view.ts'
import type { Roster } from '../roster/roster.ts'
import { sodium, toB64u } from '../sodium.ts'
import type { ClassClock } from '../timing.ts'
import { TeacherSession, type TeacherClass, type TeacherDeps } from './session.ts'

export type OpenClassDeps = Omit<TeacherDeps, 'reloadRoster'> & { readonly now: () => number }

/** The view of a class for a teacher, with a key made where there was none; the first one at web wins. */
export async function prepareClass(
  http: Http,
  me: OpenAccount,
  classId: string,
): Promise<ClassView> {
  const view = await loadClass(http, me, classId)
  const { answer, roster, paused } = view
  if (answer.role !== 'teacher' || paused !== 'no-class-key' || !roster) return view
  const generation = roster.newestGeneration()
  if (!generation) return view
  // Opened to be sure that this vault can read what will be sealed to it.
  forget(openGeneration(generation, me))
  const pair = sodium.crypto_box_keypair()
  const body = encodeClassKey({
    classId,
    courseId: answer.courseId,
    generation: generation.number,
    generationKey: keyId(generation.publicKey),
    publicKey: pair.publicKey,
    signerId: me.account.accountId,
    signerKey: me.keys.id,
  })
  const privateBox = sodium.crypto_box_seal(pair.privateKey, generation.publicKey)
  forget(pair.privateKey)
  const { classKey } = await http(
    'putClassKey',
    { id: classId },
    {
      generation: generation.number,
      publicKey: toB64u(pair.publicKey),
      signed: toB64u(signDocument('attune/class-key/1', body, me.keys.signKey)),
      privateBox: toB64u(privateBox),
    },
  )
  checkClassKey(classKey, classId, roster)
  return loadClass(http, me, classId)
}

/** A teacher's session of a class, not started yet; null while readings pause or are off. */
export function openTeacherClass(
  deps: OpenClassDeps,
  { classId, memberId }: { readonly classId: string; readonly memberId: string },
  view: ClassView,
  clock: ClassClock,
): TeacherSession | null {
  const { classKey, roster, paused, answer } = view
  if (!classKey || !roster || paused || !answer.classKey) return null
  return openTeacherSession(deps, {
    classId,
    memberId,
    roster,
    generation: classKey.generation,
    classPublicKey: classKey.publicKey,
    classPrivateKey: openClassKey(answer.classKey, classKey, deps.me),
    courseSecret: courseSecrets(roster, deps.me),
    clock,
    minimumGroup: answer.minimumGroup,
  })
}

/** A session over a class whose keys are open. */
export function openTeacherSession(deps: OpenClassDeps, cls: TeacherClass): TeacherSession {
  const { http, me } = deps
  const reloadRoster = async (): Promise<Roster> => {
    return (await loadCourse(http, me, cls.roster.courseId)).roster
  }
  return new TeacherSession({ ...deps, reloadRoster }, cls)
}
