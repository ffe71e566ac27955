/** `join`: a membership for the bearer of a ticket that web signed. */
import type { EntryHandler } from '../handler.ts'
import { describeEntry } from './entry.ts'

export const join: EntryHandler<'join'> = async ({ services, connection }, { ticket }) => {
  const claims = await services.tickets.takeTicket(ticket)
  const membership = await services.registry.enter(claims, connection)
  return { membership, answer: describeEntry(membership, services) }
}
