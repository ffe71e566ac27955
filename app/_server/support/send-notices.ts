/**
 * Takes the one set of notices of a class: a box for each student who is enrolled now, all in one request,
 * once. Web cannot tell one box from another, and it must never take a set that singles anybody out.
 */
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { refuseTaken } from '../core/refuse-taken.ts'
import { requireClassRole } from '../classes/class-access.ts'
import { enrolledStudents, ruleOf } from './rule-of.ts'

export async function sendNotices(call: Call<'sendNotices', 'account'>) {
  const { context, body, caller, parameters } = call
  const { id: classId } = parameters
  await refuseTaken(
    'notices-exist',
    serializable(context.db, async (tx) => {
      const { row } = await requireClassRole(tx, classId, caller, ['teacher'])
      if (!row.course.support) throw new Refusal('support-off')
      if (row.endedAt === null) throw new Refusal('class-running')
      const rule = ruleOf(await tx.supportRule.findUnique({ where: { courseId: row.courseId } }))
      const had = await tx.class.count({
        where: {
          courseId: row.courseId,
          endedAt: { not: null },
          startedAt: { lte: row.startedAt },
        },
      })
      if (had <= rule.classesBefore) throw new Refusal('notices-not-due')
      if (await tx.noticeSet.findUnique({ where: { classId } })) throw new Refusal('notices-exist')
      const wanted = await enrolledStudents(tx, row.courseId)
      const given = body.notices.map(({ accountId }) => accountId as string).sort()
      if (wanted.join() !== given.join()) throw new Refusal('notices-incomplete')
      await tx.noticeSet.create({
        data: {
          classId,
          madeById: caller.account.id,
          madeAt: new Date(context.clock.now()),
        },
      })
      // By account, so that the order of rows says nothing either.
      const boxes = new Map<string, string>(body.notices.map((one) => [one.accountId, one.box]))
      await tx.notice.createMany({
        data: wanted.map((accountId) => ({
          classId,
          accountId,
          box: fromB64u(boxes.get(accountId) ?? ''),
        })),
      })
    }),
  )
  return {}
}
