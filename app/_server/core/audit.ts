/** Writes who did what to whom. It must never be given a reading, a sealed byte or a reason that tells one. */
import type { AccountId } from '../../_wire/primitives.ts'
import type { ServerContext } from './context.ts'
import type { Transaction } from './database.ts'

export type AuditKind =
  | 'account-created'
  | 'password-changed'
  | 'person-changed'
  | 'policy-changed'
  | 'course-created'
  | 'course-joined'
  | 'settings-saved'
  | 'role-changed'
  | 'person-removed'
  | 'generation-added'
  | 'invite-renewed'
  | 'readings-erased'

export interface AuditEntry {
  readonly kind: AuditKind
  readonly actorId: AccountId
  readonly subjectId?: AccountId
  readonly courseId?: string
  readonly detail?: string
}

export async function audit(
  context: Pick<ServerContext, 'clock'>,
  tx: Transaction,
  entry: AuditEntry,
): Promise<void> {
  await tx.auditEvent.create({ data: { ...entry, at: new Date(context.clock.now()) } })
}
