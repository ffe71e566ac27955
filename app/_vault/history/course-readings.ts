/**
 * Readings by student, for the admins of a course whose students agreed to a full history in those words. It opens
 * nothing for anyone else, teachers included, and no class whose key was made under another promise, whatever keys
 * this account happens to hold. Web writes every opening down, where the student sees it.
 */
import { EMOTIONS } from '../../_wire/emotions.ts'
import { sentenceOf, VaultError } from '../errors.ts'
import type { RecordBody } from '../format/record.ts'
import { loadCourse } from '../roster/course-view.ts'
import type { Roster } from '../roster/roster.ts'
import type { Emit } from '../student/session.ts'
import { isClear, prefer, strongest } from '../teacher/count.ts'
import type { VerbArgs } from '../verbs.ts'
import { openClasses, type HistoryContext, type OpenedClass } from './open-classes.ts'
import type { CourseReadings, StudentReading } from './verbs.ts'

const SECOND_MS = 1000

/** @throws VaultError `not-allowed` for whoever is no admin of such a course */
export async function courseReadings(
  context: HistoryContext & { readonly emit: Emit },
  { courseId, last, before }: VerbArgs<'courseReadings'>,
): Promise<CourseReadings> {
  const { http, me } = context
  const { roster } = await loadCourse(http, me, courseId)
  const promised = (generation: number): boolean =>
    roster.generation(generation)?.policy === 'full-history'
  const newest = roster.generations.at(-1)
  const role = roster.person(me.account.accountId)?.role
  if (role !== 'course-admin' || !newest || !promised(newest.number)) {
    throw new VaultError('not-allowed')
  }
  const { classes, more } = await openClasses(context, courseId, {
    last,
    before,
    ended: true,
    records: true,
    generations: promised,
    progress: (done, total) => {
      context.emit('historyProgress', { courseId, done, total })
    },
  })
  const names = new Map<string, string>()
  return {
    readings: classes.flatMap((opened) => readingsOf(opened, roster, names)),
    students: [...names].map(([accountId, name]) => ({ accountId, name })),
    classes: classes.map(({ classId, startedAt, endedAt, expiredAt, faults }) => ({
      classId,
      startedAt,
      endedAt,
      expiredAt,
      problems: faults.map(({ code, count }) => ({ code, message: sentenceOf(code), count })),
    })),
    more,
  }
}

/** One reading a student and interval, in the order of the intervals. */
function readingsOf(
  opened: OpenedClass,
  roster: Roster,
  names: Map<string, string>,
): StudentReading[] {
  const readings: StudentReading[] = []
  for (const [accountId, records] of opened.students) {
    const signer = records[0]?.signer
    const person = signer ? roster.everStudentBySigner(signer) : roster.person(accountId)
    names.set(accountId, person?.name ?? '')
    const counted = new Map<number, RecordBody>()
    for (const body of records) {
      const first = counted.get(body.interval)
      counted.set(body.interval, first ? prefer(first, body) : body)
    }
    for (const body of counted.values()) readings.push(shown(opened, accountId, body))
  }
  return readings
}

function shown(
  { classId, startedAt, intervalSeconds }: OpenedClass,
  accountId: string,
  body: RecordBody,
): StudentReading {
  const { interval, kind, confidence } = body
  return {
    accountId,
    classId,
    at: startedAt + interval * intervalSeconds * SECOND_MS,
    kind,
    emotion: isClear(body) ? (EMOTIONS[strongest(body.probabilities)] ?? null) : null,
    engagement: kind === 'none' ? 0 : body.engagement,
    confidence,
  }
}
