/**
 * Someone is about to use the analysis outside a class. Refused where the policy is off; audited by who and
 * when. It must never learn on what.
 */
import { recordAudit } from '../core/audit.ts'
import type { Call } from '../core/handle.ts'
import { Refusal } from '../core/refusal.ts'
import { currentPolicy } from '../school/policy.ts'

export async function useAnalysis({ context, caller }: Call<'useAnalysis', 'account'>) {
  const { expressionAnalysis } = await currentPolicy(context.db)
  if (expressionAnalysis === 'off') throw new Refusal('policy-forbids-expression')
  const { id } = caller.account
  await recordAudit(context, context.db, { kind: 'analysis-used', actorId: id, subjectId: id })
  return {}
}
