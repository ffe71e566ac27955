/** `setRtpCapabilities`: what the browser can play, once, before it consumes. */
import type { MemberHandler } from '../handler.ts'
import { ownMedia } from './own-media.ts'

export const setRtpCapabilities: MemberHandler<'setRtpCapabilities'> = (
  { member },
  { rtpCapabilities },
) => {
  ownMedia(member).setRtpCapabilities(rtpCapabilities)
  return {}
}
