/** `connectTransport`: the browser's DTLS parameters, once. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const connectTransport: MemberHandler<'connectTransport'> = async (
  { member },
  { transportId, dtlsParameters },
) => {
  await ownMedia(member).connectTransport(transportId, dtlsParameters)
  return {}
}
