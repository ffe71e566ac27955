/** `renew`: web's fresh word that this membership may go on. */
import type { MemberHandler } from '../handler.ts'

export const renew: MemberHandler<'renew'> = async (context, { ticket }) => {
  const claims = await context.services.tickets.takeTicket(ticket)
  context.services.registry.renew(context, claims)
  return {}
}
