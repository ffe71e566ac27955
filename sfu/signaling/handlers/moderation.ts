/** The handlers by which teachers run a class. */
import type { moderationRequests } from '../../protocol/moderation.ts'
import type { MemberHandler } from '../handler.ts'
import { admitAll } from './admit-all.ts'
import { admit } from './admit.ts'
import { askToUnmute } from './ask-to-unmute.ts'
import { attendance } from './attendance.ts'
import { decline } from './decline.ts'
import { letBackIn } from './let-back-in.ts'
import { muteAll } from './mute-all.ts'
import { removeMember } from './remove-member.ts'
import { setRules } from './set-rules.ts'
import { stopSource } from './stop-source.ts'

export const moderationHandlers: {
  [M in keyof typeof moderationRequests]: MemberHandler<M>
} = {
  admit,
  admitAll,
  askToUnmute,
  attendance,
  decline,
  letBackIn,
  muteAll,
  removeMember,
  setRules,
  stopSource,
}
