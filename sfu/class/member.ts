/**
 * One membership of a class: who, in which role, over which connection, with which media. It outlives
 * its connection by the grace period and decides nothing about others.
 */
import { inspect } from 'node:util'
import type { Clock } from '../clock.ts'
import { RecordBudget } from '../media/record-budget.ts'
import type { MemberMedia } from '../media/member-media.ts'
import {
  type AccountId,
  type CloseCode,
  type Member as MemberInfo,
  type MediaSource,
  type MemberId,
  MESSAGE_BURST,
  MESSAGES_PER_SECOND,
  type Notification,
  type Role,
} from '../protocol/index.ts'
import { Redacted } from '../redacted.ts'
import { SerialQueue } from '../serial-queue.ts'
import { TokenBucket } from '../token-bucket.ts'

/** A member's side of the signalling connection. */
export interface MemberConnection {
  notify(notification: Notification): void
  /** Ends the connection, after what was sent before. */
  end(code: CloseCode): void
}

export class Member {
  readonly id: Redacted<MemberId>
  readonly accountId: Redacted<AccountId>
  readonly role: Role
  readonly resumeToken: Redacted<string>
  readonly messages: TokenBucket
  readonly records: RecordBudget
  /** Requests of one membership are served one after another, whatever connection they came over. */
  readonly turns = new SerialQueue()
  name: Redacted<string>
  connection: MemberConnection | null = null
  /** Null only between the death of a media worker and its replacement. */
  media: MemberMedia | null = null
  /** The id of this member's open record channel. */
  recordChannel: string | null = null
  /** A teacher asked this member to speak: unmuting is open until the next muting. */
  askedToSpeak = false
  /** Own sources that were stopped for this member, until it touches them itself. */
  readonly stopped = new Set<MediaSource>()
  /** True from the moment that the membership is over. */
  ended = false

  constructor(
    who: { memberId: MemberId; accountId: AccountId; role: Role; name: string },
    resumeToken: string,
    clock: Clock,
  ) {
    this.id = new Redacted(who.memberId)
    this.accountId = new Redacted(who.accountId)
    this.role = who.role
    this.name = new Redacted(who.name)
    this.resumeToken = new Redacted(resumeToken)
    this.messages = new TokenBucket(clock, {
      burst: MESSAGE_BURST,
      perSecond: MESSAGES_PER_SECOND,
    })
    this.records = new RecordBudget(clock)
  }

  get connected(): boolean {
    return this.connection !== null
  }

  /** What other members are told. */
  describe(): MemberInfo {
    return {
      memberId: this.id.reveal(),
      accountId: this.accountId.reveal(),
      name: this.name.reveal(),
      role: this.role,
      connected: this.connected,
    }
  }

  /** Sends a notification; while the connection is gone it is dropped, and `resume` tells the state. */
  notify(notification: Notification): void {
    this.connection?.notify(notification)
  }

  [inspect.custom](): string {
    return `[member: ${this.role}]`
  }
}
