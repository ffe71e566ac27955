/**
 * Lets a person try the media server before class: two tickets to a class that does not exist and
 * that nobody else can enter. They open nothing of any course.
 */
import type { ServerContext } from '../core/context.ts'
import type { Call } from '../core/handle.ts'
import { limitAddress } from '../core/limits.ts'
import { signTicket } from './issue-ticket.ts'

export async function testConnection({ context, caller }: Call<'connectionTest', 'account'>) {
  await limitAddress(context, 'connection-test', caller.account.id)
  const place = { cls: context.random.uuid(), crs: context.random.uuid() }
  const ticketOf = (name: string): Promise<string> => signEnd(context, { ...place, name })
  return {
    tickets: [await ticketOf('Sender'), await ticketOf('Receiver')] as [string, string],
    signalingUrl: `/signaling/${encodeURIComponent(context.sfuNode)}`,
  }
}

/** One end of the test: a guest without records, under an id that belongs to nobody. */
function signEnd(
  context: ServerContext,
  claims: { cls: string; crs: string; name: string },
): Promise<string> {
  return signTicket(context, {
    ...claims,
    sub: context.random.uuid(),
    node: context.sfuNode,
    role: 'guest',
    startedAt: context.clock.now(),
    readings: 'off',
    interval: 120,
    wait: false,
  })
}
