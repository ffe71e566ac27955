/** `closeTransport`: ends one of the own transports with all that runs over it. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const closeTransport: MemberHandler<'closeTransport'> = ({ member }, { transportId }) => {
  ownMedia(member).closeTransport(transportId)
  return {}
}
