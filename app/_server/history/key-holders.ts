/**
 * Who holds which generation's key of a course, and the handing over of earlier ones to another
 * teacher. Web stores the sealed boxes and can open none.
 */
import { accountId as accountIds } from '../../_wire/primitives.ts'
import { recordAudit } from '../core/audit.ts'
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { requireRole, roleIn } from '../courses/membership.ts'

export async function listHolders(call: Call<'keyHolders', 'account'>) {
  const { context, caller, parameters } = call
  await requireRole(context.db, parameters.id, caller.account.id, ['teacher', 'course-admin'])
  const rows = await context.db.generation.findMany({
    where: { courseId: parameters.id },
    orderBy: { number: 'asc' },
    include: { boxes: { select: { accountId: true }, orderBy: { accountId: 'asc' } } },
  })
  return {
    generations: rows.map(({ number, createdAt, boxes }) => ({
      number,
      createdAt: createdAt.getTime(),
      holders: boxes.map(({ accountId }) => accountIds.parse(accountId)),
    })),
  }
}

/** Teachers may hold every generation: each was bound to a text that names them. */
export async function handOver(call: Call<'handOver', 'account'>) {
  const { context, body, caller, parameters } = call
  const courseId = parameters.id
  const actorId = caller.account.id
  const { accountId, boxes } = body
  await serializable(context.db, async (tx) => {
    await requireRole(tx, courseId, actorId, ['teacher'])
    if ((await roleIn(tx, courseId, accountId)) !== 'teacher') throw new Refusal('not-a-teacher')
    const numbers = boxes.map(({ generation }) => generation)
    const known = await tx.generation.count({ where: { courseId, number: { in: numbers } } })
    if (known !== new Set(numbers).size || known !== numbers.length) {
      throw new Refusal('generation-outdated')
    }
    for (const { generation: number, box: text } of boxes) {
      const box = fromB64u(text)
      await tx.generationBox.upsert({
        where: { courseId_number_accountId: { courseId, number, accountId } },
        create: { courseId, number, accountId, box },
        update: { box },
      })
    }
    await recordAudit(context, tx, {
      kind: 'history-handed-over',
      actorId,
      subjectId: accountId,
      courseId,
    })
  })
  return {}
}
