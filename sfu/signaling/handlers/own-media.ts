/** The own media of a member, or the code that says that the class has none at the moment. */
import type { Member } from '../../class/member.ts'
import type { MemberMedia } from '../../media/member-media.ts'
import { SignalingError } from '../../protocol/index.ts'

/** @throws {SignalingError} `media-unavailable` */
export function ownMedia(member: Member): MemberMedia {
  if (member.media === null) throw new SignalingError('media-unavailable')
  return member.media
}
