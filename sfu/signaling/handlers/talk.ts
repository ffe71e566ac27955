/** The handlers by which people talk beside sound and picture. */
import type { talkRequests } from '../../protocol/talk/index.ts'
import type { MemberHandler } from '../handler.ts'
import { lowerAllHands } from './lower-all-hands.ts'
import { lowerHandOf } from './lower-hand-of.ts'
import { lowerHand } from './lower-hand.ts'
import { raiseHand } from './raise-hand.ts'
import { reactToChat } from './react-to-chat.ts'
import { react } from './react.ts'
import { sendChat } from './send-chat.ts'
import { setSpotlight } from './set-spotlight.ts'

export const talkHandlers: { [M in keyof typeof talkRequests]: MemberHandler<M> } = {
  lowerAllHands,
  lowerHand,
  lowerHandOf,
  raiseHand,
  react,
  reactToChat,
  sendChat,
  setSpotlight,
}
