/** `join`: a membership, or a place at the door, for the bearer of a ticket that web signed. */
import type { EntryHandler } from '../handler.ts'
import { describeEntry } from './entry.ts'

export const join: EntryHandler<'join'> = async ({ services, connection }, { ticket, pass }) => {
  const claims = await services.tickets.takeTicket(ticket)
  const admission = await services.registry.enter(claims, connection, pass ?? null)
  if (admission.membership === null) return { admission, answer: { waiting: true } }
  return { admission, answer: describeEntry(admission.membership, services) }
}
