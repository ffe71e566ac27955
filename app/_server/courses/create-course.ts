/** Makes a course with its root grant and its first generation; its creator is its first teacher. */
import { DEFAULT_COURSE_SETTINGS } from '../../_wire/settings.ts'
import { recordAudit } from '../core/audit.ts'
import { fromB64u } from '../core/bytes.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { refuseTaken } from '../core/refuse-taken.ts'
import { currentPolicy } from '../school/policy.ts'
import { takeGeneration } from './generations.ts'

const INVITE_TOKEN_BYTES = 16

export async function createCourse(call: Call<'createCourse', 'account'>) {
  const { context, body, caller } = call
  if (!caller.account.mayTeach) throw new Refusal('may-not-teach')
  const creatorId = caller.account.id
  const now = new Date(context.clock.now())
  const inviteToken = context.random.bytes(INVITE_TOKEN_BYTES)
  const grantId = context.random.uuid()
  await refuseTaken(
    'course-exists',
    serializable(context.db, async (tx) => {
      const { minimumGroupFloor } = await currentPolicy(tx)
      const settings = {
        ...DEFAULT_COURSE_SETTINGS,
        historyPolicy: body.generation.historyPolicy,
        minimumGroup: Math.max(DEFAULT_COURSE_SETTINGS.minimumGroup, minimumGroupFloor),
      }
      await tx.course.create({
        data: { id: body.id, name: body.name, creatorId, inviteToken, ...settings, createdAt: now },
      })
      await tx.enrolment.create({
        data: { courseId: body.id, accountId: creatorId, role: 'teacher', joinedAt: now },
      })
      await tx.grant.create({
        data: {
          id: grantId,
          courseId: body.id,
          subjectId: creatorId,
          granterId: creatorId,
          role: 'teacher',
          signed: fromB64u(body.rootGrant),
          grantedAt: now,
        },
      })
      await takeGeneration(context, tx, body.id, settings, creatorId, body.generation)
      await recordAudit(context, tx, {
        kind: 'course-created',
        actorId: creatorId,
        courseId: body.id,
      })
    }),
  )
  return { id: body.id }
}
