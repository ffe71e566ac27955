/**
 * What a member learns on entry and on return: the class as it is at that moment.
 */
import type { Membership } from '../../class/class-registry.ts'
import type { Entry } from '../../protocol/index.ts'
import type { Services } from '../handler.ts'

/** A membership's view, to be taken in the same turn as the connection is given to it. */
export function describeEntry({ liveClass, member }: Membership, services: Services): Entry {
  return {
    memberId: member.id.reveal(),
    resumeToken: member.resumeToken.reveal(),
    role: member.role,
    class: liveClass.info,
    now: services.clock.now(),
    routerRtpCapabilities: liveClass.rtpCapabilities,
    iceServers: services.iceServers(),
    members: liveClass.members.map((other) => other.describe()),
    producers: liveClass.producers,
    writerMemberId: liveClass.writer,
    activeSpeakerMemberId: liveClass.media?.speakers.current ?? null,
    moderation: { ...liveClass.moderation.describeTo(member), endsInMs: liveClass.endsInMs },
    talk: liveClass.talk.describeTo(member),
    recovery: {
      run: liveClass.run,
      pass: liveClass.passOf(member.accountId.reveal()),
      decided: [...liveClass.decided],
    },
  }
}
