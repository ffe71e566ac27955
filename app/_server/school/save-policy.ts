/**
 * Saves the school's policy and who confirmed what. Expression analysis needs the country and the
 * confirmation that it is lawful there, in the EU and the EEA a written medical or safety reason too.
 * Turned off, it is off in every course at once.
 */
import type { z } from 'zod'
import { needsWrittenReason } from '../../_wire/countries.ts'
import type { policyBody } from '../../_wire/school.ts'
import { recordAudit } from '../core/audit.ts'
import { serializable } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { pushReadings } from '../classes/push.ts'

export async function savePolicy(call: Call<'savePolicy', 'school-admin'>) {
  const { context, body, caller } = call
  requireGrounds(body)
  const { expressionAnalysis, ...rest } = body
  const accountId = caller.account.id
  const touched = await serializable(context.db, async (tx) => {
    await tx.policyChange.create({
      data: {
        ...rest,
        expressionAnalysis: expressionAnalysis === 'on',
        accountId,
        at: new Date(context.clock.now()),
      },
    })
    await tx.course.updateMany({
      where: { minimumGroup: { lt: body.minimumGroupFloor } },
      data: { minimumGroup: body.minimumGroupFloor },
    })
    await recordAudit(context, tx, {
      kind: 'policy-changed',
      actorId: accountId,
      detail: { expressionAnalysis },
    })
    if (expressionAnalysis === 'on') return []
    const courses = await tx.course.findMany({
      where: { readings: 'expression' },
      select: { id: true },
    })
    await tx.course.updateMany({ where: { readings: 'expression' }, data: { readings: 'off' } })
    return courses
  })
  for (const { id } of touched) await pushReadings(context, id)
  return {}
}

function requireGrounds(body: z.output<typeof policyBody>): void {
  if (body.expressionAnalysis === 'off') return
  if (body.country === null || !body.lawfulConfirmed) throw new Refusal('policy-not-confirmed')
  if (needsWrittenReason(body.country) && body.reason === '') {
    throw new Refusal('policy-reason-needed')
  }
}
