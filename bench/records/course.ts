/**
 * A course of invented people with real keys: roster, enrolments and keys as the product makes them, without a server,
 * so that vaults of any size of class can be measured. It holds private keys of nobody who exists.
 */
import type { OpenAccount } from '../../app/_vault/account.ts'
import { encodeRecordBody, sealRecord, type RecordBody } from '../../app/_vault/format/record.ts'
import { signDocument } from '../../app/_vault/format/signed.ts'
import { Roster } from '../../app/_vault/roster/roster.ts'
import { sodium, sodiumReady, toB64u } from '../../app/_vault/sodium.ts'
import { person, TestRoster, type TestPerson } from '../../app/_vault/testing/test-roster.ts'
import { rosterAnswer, type RosterAnswer } from '../../app/_wire/courses.ts'

export interface BenchCourse {
  readonly courseId: string
  readonly teacher: TestPerson
  readonly students: readonly TestPerson[]
  readonly answer: RosterAnswer
  readonly roster: Roster
  readonly coursePair: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array }
}

export async function makeCourse(students: number): Promise<BenchCourse> {
  await sodiumReady()
  const teacher = person('Teacher')
  const all = Array.from({ length: students }, (_, n) => person(`Student ${n}`))
  const made = new TestRoster().grant(teacher, teacher, 'teacher').list(teacher, 'teacher')
  for (const student of all) made.list(student, 'student')
  made.generation(teacher)
  const plain = made.answer()
  const { coursePair, courseId } = made
  const box = toB64u(sodium.crypto_box_seal(coursePair.privateKey, teacher.keys.public.box))
  const generations = plain.generations.map((generation) => ({ ...generation, box }))
  const answer = rosterAnswer.parse({ ...plain, generations })
  const roster = new Roster(answer, made.root)
  return { courseId, teacher, students: all, answer, roster, coursePair }
}

/** The teacher as an opened vault knows itself. */
export function openTeacher({ teacher }: BenchCourse): OpenAccount {
  const { accountId, name, keys } = teacher
  return { account: { accountId, name, email: '' }, keys }
}

/** What a student's device would say of an interval; the figures vary, the size does not. */
export function readingOf(
  student: TestPerson,
  classId: string,
  stream: Uint8Array,
  interval: number,
): RecordBody {
  const happy = (interval * 7919 + stream.length) % 2
  return {
    kind: 'expression',
    classId,
    stream,
    sequence: interval,
    interval,
    signer: student.keys.id,
    probabilities: [0.1, happy ? 0.7 : 0.1, happy ? 0.1 : 0.7, 0.02, 0.02, 0.02, 0.02, 0.02],
    engagement: 1,
    behaviour: 0,
    quality: 0,
    confidence: 0.7,
  }
}

export const signedReading = (student: TestPerson, body: RecordBody): Uint8Array =>
  signDocument('attune/record/1', encodeRecordBody(body), student.keys.signKey)

export const sealedReading = (
  student: TestPerson,
  body: RecordBody,
  classPublicKey: Uint8Array,
): Uint8Array => sealRecord(body, student.keys.signKey, classPublicKey)
