/**
 * What people of one class say to each other beside sound and picture, and what a teacher puts in
 * front: joins chat, hands, reactions and the spotlight to members' coming and going. Who may ask
 * for what, the role table and the handlers say.
 */
import {
  type AccountId,
  CLASS_REACTION_BURST,
  CLASS_REACTIONS_PER_SECOND,
  HAND_BURST,
  HANDS_PER_SECOND,
  type Reaction,
  REACTION_BURST,
  REACTIONS_PER_SECOND,
  SignalingError,
  type Spotlight,
  type TalkEntry,
} from '../../protocol/index.ts'
import { TokenBucket } from '../../token-bucket.ts'
import type { LiveClass } from '../live-class.ts'
import type { Member } from '../member.ts'
import { Chat, type ChatOptions } from './chat.ts'
import { Hands } from './hands.ts'
import { Pace } from './pace.ts'

type ClassOfTalk = Pick<LiveClass, 'members' | 'member' | 'membershipsOf' | 'broadcast'>

export class Talk {
  readonly chat: Chat
  readonly #class: ClassOfTalk
  readonly #hands: Hands
  readonly #handPace: Pace
  readonly #reactionPace: Pace
  readonly #classReactions: TokenBucket
  #spotlight: Spotlight | null = null

  constructor(liveClass: ClassOfTalk, options: ChatOptions) {
    this.#class = liveClass
    this.chat = new Chat(liveClass, options)
    this.#hands = new Hands(options.clock)
    this.#handPace = new Pace(options.clock, { burst: HAND_BURST, perSecond: HANDS_PER_SECOND })
    this.#reactionPace = new Pace(options.clock, {
      burst: REACTION_BURST,
      perSecond: REACTIONS_PER_SECOND,
    })
    this.#classReactions = new TokenBucket(options.clock, {
      burst: CLASS_REACTION_BURST,
      perSecond: CLASS_REACTIONS_PER_SECOND,
    })
  }

  /** What a member learns on entry and on resuming. */
  describeTo(member: Member): TalkEntry {
    return {
      chat: this.chat.describeTo(member),
      hands: this.#hands.accountIds,
      spotlight: this.#spotlight,
    }
  }

  /** @throws {SignalingError} `rate-limited` */
  setOwnHand(member: Member, up: boolean): void {
    this.#handPace.take(member)
    const accountId = member.accountId.reveal()
    this.#tellHandsIf(up ? this.#hands.raise(accountId) : this.#hands.lower(accountId))
  }

  lowerHandOf(accountId: AccountId): void {
    this.#tellHandsIf(this.#hands.lower(accountId))
  }

  lowerAllHands(): void {
    this.#tellHandsIf(this.#hands.lowerAll())
  }

  /** @throws {SignalingError} `rate-limited` */
  react(member: Member, reaction: Reaction): void {
    this.#reactionPace.take(member)
    if (!this.#classReactions.take()) throw new SignalingError('rate-limited')
    const memberId = member.id.reveal()
    this.#class.broadcast({ notification: 'reaction', data: { memberId, reaction } })
  }

  /** @throws {SignalingError} `member-unknown`, `producer-unknown` where that screen is not shared */
  setSpotlight(spotlight: Spotlight | null): void {
    if (spotlight !== null) {
      const member = this.#class.member(spotlight.memberId)
      if (member === undefined) throw new SignalingError('member-unknown')
      const sent = member.media?.producers.map(({ source }) => source) ?? []
      if (spotlight.source === 'screen' && !sent.includes('screen')) {
        throw new SignalingError('producer-unknown')
      }
    }
    this.#putInFront(spotlight)
  }

  /** A member stopped sharing its screen, and did not just lose the connection. */
  screenEnded(member: Member): void {
    if (this.#spotlight?.source === 'screen') this.#takeFromFront(member)
  }

  /** A membership began: a hand that its person left behind is up again. */
  came(member: Member): void {
    this.#tellHandsIf(this.#hands.came(member.accountId.reveal()))
  }

  /** A membership is over. */
  left(member: Member): void {
    this.#takeFromFront(member)
    if (this.#class.membershipsOf(member.accountId).length > 0) return
    this.#tellHandsIf(this.#hands.left(member.accountId.reveal()))
  }

  #takeFromFront(member: Member): void {
    if (this.#spotlight?.memberId === member.id.reveal()) this.#putInFront(null)
  }

  #putInFront(spotlight: Spotlight | null): void {
    this.#spotlight = spotlight
    this.#class.broadcast({ notification: 'spotlight', data: { spotlight } })
  }

  #tellHandsIf(changed: boolean): void {
    if (!changed) return
    const { accountIds } = this.#hands
    this.#class.broadcast({ notification: 'hands', data: { accountIds } })
  }
}
