/** What happened to the caller and to what the caller owns: who changed what, who opened what. */
import type { Call } from '../core/handle.ts'
import { auditPage } from '../school/audit-pages.ts'

export function readOwnAudit({ context, caller, query }: Call<'ownAudit', 'account'>) {
  return auditPage(context.db, { subjectId: caller.account.id }, query.get('before'))
}
