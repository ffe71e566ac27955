/**
 * Stores a student's signed answer to the consent text. Nothing else may follow from it: no notice, no
 * log line, no difference that anyone but the student could see.
 */
import { consentTextFor } from '../../_wire/consent.ts'
import { fromB64u } from '../core/bytes.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { requireRole, settingsOf } from './membership.ts'

export async function giveConsent(call: Call<'giveConsent', 'account'>) {
  const { context, body, caller, parameters } = call
  const accountId = caller.account.id
  await requireRole(context.db, parameters.id, accountId, ['student'])
  const course = await context.db.course.findUniqueOrThrow({ where: { id: parameters.id } })
  if (body.decision === 'granted' && body.textId !== consentTextFor(settingsOf(course))) {
    throw new Refusal('consent-outdated')
  }
  await context.db.consent.create({
    data: {
      courseId: course.id,
      accountId,
      decision: body.decision,
      textId: body.textId,
      textHash: fromB64u(body.textHash),
      language: body.language,
      givenBy: body.givenBy,
      signed: fromB64u(body.signed),
      at: new Date(context.clock.now()),
    },
  })
  return {}
}
