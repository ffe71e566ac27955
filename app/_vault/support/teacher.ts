/**
 * A teacher's side of notices: when a class has ended, or the course is opened after it, the rule is run over what the
 * students' parts say, and every enrolled student gets one sealed notice, all in one request, once a class. Who is
 * flagged stays in this function: it is neither returned, shown nor kept, and a failure tells nothing of it.
 */
import type { RouteAnswer } from '../../_wire/routes.ts'
import type { OpenAccount } from '../account.ts'
import { VaultError, isVaultError } from '../errors.ts'
import { blankNotice, sealNotice } from '../format/notice.ts'
import type { RecordBody } from '../format/record.ts'
import type { Http } from '../http.ts'
import type { Roster } from '../roster/roster.ts'
import { toB64u } from '../sodium.ts'
import { RULE_VERSION, flagOf } from './rule.ts'
import { ruleReading } from './rule-readings.ts'

/** Ended classes without notices that are made up for; older ones were judged by the students' own vaults. */
const CLASSES_MADE_UP = 3
/** Classes looked back at beyond those that the rule needs, since a student may have missed some. */
const CLASSES_MISSED = 8

/** One class opened with the course key: records by student. */
export interface OpenedClass {
  readonly classId: string
  readonly startedAt: number
  readonly students: ReadonlyMap<string, readonly RecordBody[]>
}

export interface TeacherSupportDeps {
  readonly http: Http
  readonly me: () => OpenAccount
  /** Takes in what students left with web, so that late records count. */
  readonly settle: (courseId: string) => Promise<void>
  /** The newest `last` ended classes that began before `before`, with the roster that vouches for them. */
  readonly open: (
    courseId: string,
    options: { last: number; before: number },
  ) => Promise<{ roster: Roster; classes: readonly OpenedClass[] }>
}

type CourseNotices = RouteAnswer<'courseNotices'>

/** Makes up for every ended class of a course that has no notices yet. Does nothing where support is off. */
export async function tendCourse(deps: TeacherSupportDeps, courseId: string): Promise<void> {
  const answer = await deps.http('courseNotices', { id: courseId }, null)
  const due = dueClasses(answer)
  if (due.length === 0) return
  await deps.settle(courseId)
  for (const { id: classId, startedAt, had } of due) {
    const last = answer.rule.classesLookedAt + CLASSES_MISSED
    const opened = await deps.open(courseId, { last, before: startedAt + 1 })
    const signer = opened.roster.currentTeacherKeys(deps.me().account.accountId, deps.me().keys.id)
    if (!signer) throw new VaultError('not-allowed')
    const notices = makeNotices(deps.me(), courseId, classId, had, answer, opened)
    try {
      await deps.http('sendNotices', { id: classId }, { notices })
    } catch (error) {
      // Another teacher's vault was faster, or somebody came or went: the next opening sees to it.
      if (!isVaultError(error, 'notices-exist', 'notices-incomplete')) throw error
    }
  }
}

function dueClasses({ support, rule, classes, now }: CourseNotices) {
  if (!support) return []
  return classes
    .map((one, at) => ({ ...one, had: at + 1 }))
    .filter(({ had, noticedAt, endedAt }) => {
      return had > rule.classesBefore && noticedAt === null && endedAt !== null && endedAt <= now
    })
    .slice(-CLASSES_MADE_UP)
}

function makeNotices(
  me: OpenAccount,
  courseId: string,
  classId: string,
  had: number,
  { students, rule }: CourseNotices,
  { roster, classes }: Awaited<ReturnType<TeacherSupportDeps['open']>>,
) {
  return students.map((accountId) => {
    const person = roster.isStudent(accountId) ? roster.person(accountId) : undefined
    const attended = classes.map((one) => ({
      classId: one.classId,
      startedAt: one.startedAt,
      readings: (one.students.get(accountId) ?? []).map(ruleReading),
    }))
    const notice = {
      courseId,
      classId,
      recipientId: accountId,
      signerId: me.account.accountId,
      signerKey: me.keys.id,
      ruleVersion: RULE_VERSION,
      flag: flagOf(had, attended, rule),
    }
    const box = person ? sealNotice(notice, me.keys.signKey, person.keys.box) : blankNotice()
    return { accountId, box: toB64u(box) }
  })
}
