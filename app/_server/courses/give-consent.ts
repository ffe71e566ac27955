/**
 * Stores a student's signed answer to the consent text. Nothing else may follow from it: no notice, no
 * log line, no difference that anyone but the student could see.
 */
import { ageGroup, whoConsents } from '../../_wire/age.ts'
import { consentTextFor } from '../../_wire/consent.ts'
import type { ConsentBody } from '../../_wire/courses.ts'
import type { AccountId } from '../../_wire/primitives.ts'
import { fromB64u } from '../core/bytes.ts'
import type { Transaction } from '../core/database.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { currentPolicy } from '../school/policy.ts'
import { requireRole, settingsOf } from './membership.ts'

export async function giveConsent(call: Call<'giveConsent', 'account'>) {
  const { context, body, caller, parameters } = call
  const accountId = caller.account.id
  await requireRole(context.db, parameters.id, accountId, ['student'])
  const course = await context.db.course.findUniqueOrThrow({ where: { id: parameters.id } })
  if (body.decision === 'granted' && body.textId !== consentTextFor(settingsOf(course))) {
    throw new Refusal('consent-outdated')
  }
  // A withdrawal is always one's own to make.
  if (body.decision === 'granted') await requireGiver(context.db, accountId, body)
  await context.db.consent.create({
    data: {
      courseId: course.id,
      accountId,
      decision: body.decision,
      textId: body.textId,
      textHash: fromB64u(body.textHash),
      language: body.language,
      givenBy: body.givenBy,
      giverName: body.givenBy === 'guardian' ? body.giverName : '',
      signed: fromB64u(body.signed),
      at: new Date(context.clock.now()),
    },
  })
  return {}
}

/** Who is to answer a consent for this account, by its age group and the school's age of own consent. */
export async function consentGiver(tx: Transaction, accountId: AccountId) {
  const [account, policy] = await Promise.all([
    tx.account.findUniqueOrThrow({ where: { id: accountId } }),
    currentPolicy(tx),
  ])
  const { guardianAge } = policy
  return { by: whoConsents(ageGroup.parse(account.ageGroup), guardianAge), age: guardianAge }
}

async function requireGiver(tx: Transaction, accountId: AccountId, body: ConsentBody) {
  const { givenBy, giverName, statedAge } = body
  if (givenBy === 'guardian') {
    if (giverName === '') throw new Refusal('guardian-needed')
    return
  }
  const { by, age } = await consentGiver(tx, accountId)
  // Whose age nobody knows has to say that it is reached; the signed bytes hold that word.
  const tooYoung = by === 'guardian' || (by === 'either' && statedAge < age)
  if (tooYoung) throw new Refusal('guardian-needed')
}
