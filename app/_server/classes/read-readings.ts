/**
 * What a device needs to give or to open readings of a class: mode, clock, keys, and the caller's own
 * consent. It never tells of anyone else's.
 */
import { consentTextFor, consentTextId } from '../../_wire/consent.ts'
import { consentBody, type OwnConsent } from '../../_wire/courses.ts'
import { toB64u } from '../core/bytes.ts'
import type { ServerContext } from '../core/context.ts'
import type { Call } from '../core/handle.ts'
import { settingsOf } from '../courses/membership.ts'
import { currentRetention, daysKept } from '../school/retention.ts'
import { consentGiver } from '../courses/give-consent.ts'
import { toGenerationAnswer } from '../courses/generations.ts'
import { readingsOf, requireVisitor } from './class-access.ts'
import { toClassKeyAnswer } from './class-key.ts'

export async function readReadings(call: Call<'readings', 'anyone'>) {
  const { context, caller, parameters } = call
  const { row, role, courseRole } = await requireVisitor(context.db, parameters.id, caller)
  const inForce = await readingsOf(context.db, row)
  const { historyPolicy, retentionDays } = settingsOf(row.course)
  const common = {
    courseId: row.courseId,
    role,
    intervalSeconds: inForce.intervalSeconds,
    minimumGroup: inForce.minimumGroup,
    keptDays: daysKept(retentionDays, await currentRetention(context.db)),
    startedAt: row.startedAt.getTime(),
    endedAt: row.endedAt?.getTime() ?? null,
  }
  if (courseRole === null || caller === null) {
    return {
      ...common,
      mode: 'off' as const,
      paused: null,
      generation: null,
      classKey: null,
      consentText: null,
      consent: null,
      consentBy: 'self' as const,
      consentAge: 0,
    }
  }
  const generation = await context.db.generation.findFirstOrThrow({
    where: { courseId: row.courseId },
    orderBy: { number: 'desc' },
    include: { boxes: { where: { accountId: caller.account.id }, select: { box: true } } },
  })
  const giver =
    role === 'student'
      ? await consentGiver(context.db, caller.account.id)
      : { by: 'self' as const, age: 0 }
  return {
    ...common,
    mode: inForce.mode,
    paused: inForce.paused,
    generation: toGenerationAnswer(generation),
    classKey: row.key === null ? null : toClassKeyAnswer(row.key, role),
    consentText: consentTextFor({ readings: inForce.mode, historyPolicy }),
    consent: role === 'student' ? await ownConsent(context, row.courseId, caller.account.id) : null,
    consentBy: giver.by,
    consentAge: giver.age,
  }
}

async function ownConsent(
  context: ServerContext,
  courseId: string,
  accountId: string,
): Promise<OwnConsent | null> {
  const row = await context.db.consent.findFirst({
    where: { courseId, accountId },
    orderBy: { id: 'desc' },
  })
  if (row === null) return null
  return {
    decision: consentBody.shape.decision.parse(row.decision),
    textId: consentTextId.parse(row.textId),
    textHash: toB64u(row.textHash),
    language: row.language,
    givenBy: consentBody.shape.givenBy.parse(row.givenBy),
    signed: toB64u(row.signed),
    at: row.at.getTime(),
  }
}
