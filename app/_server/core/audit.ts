/**
 * Writes who did what to whom, in the transaction that does it. It must never be given a reading, a
 * sealed byte or a reason that tells one: details pass the schemas of `app/_wire/audit.ts`, which have
 * no room for them.
 */
import { auditDetails, type AuditDetail, type AuditKind } from '../../_wire/audit.ts'
import type { AccountId } from '../../_wire/primitives.ts'
import type { ServerContext } from './context.ts'
import type { Transaction } from './database.ts'

interface Concerned<K extends AuditKind> {
  readonly kind: K
  readonly actorId: AccountId
  /** Whom it concerns; that person sees the event on the account page. */
  readonly subjectId?: AccountId
  readonly courseId?: string
}
/** An event: `detail` only and always where its kind has one. */
export type AuditEvent<K extends AuditKind = AuditKind> = {
  [Kind in K]: Concerned<Kind> &
    (Record<string, never> extends AuditDetail<Kind>
      ? { readonly detail?: never }
      : { readonly detail: AuditDetail<Kind> })
}[K]

/** Writes one event, or several that are one act. */
export async function recordAudit(
  context: Pick<ServerContext, 'clock'>,
  tx: Transaction,
  ...events: readonly AuditEvent[]
): Promise<void> {
  const at = new Date(context.clock.now())
  await tx.auditEvent.createMany({
    data: events.map(({ detail = {}, ...event }) => ({
      ...event,
      at,
      detail: auditDetails[event.kind].parse(detail),
    })),
  })
}
