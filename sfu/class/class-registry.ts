/**
 * All live classes of this media server, by tickets' word alone: opens a class with its first
 * member, finds memberships by their resume tokens, and carries out what web commands. It asks
 * nobody and stores nothing beyond memory.
 */
import type { Clock, Randomness } from '../clock.ts'
import { ExpiringMap } from '../expiring-map.ts'
import type { Logger } from '../log.ts'
import { ClassMedia } from '../media/class-media.ts'
import type { WorkerPool } from '../media/worker-pool.ts'
import {
  type AccountId,
  type ClassId,
  closeCodes,
  type CommandClaims,
  type InternalClasses,
  MAX_MEMBERS,
  MAX_MEMBERSHIPS_OF_ACCOUNT,
  memberIdSchema,
  SignalingError,
  type TicketClaims,
} from '../protocol/index.ts'
import { Redacted } from '../redacted.ts'
import type { Stamps } from '../stamps.ts'
import { LiveClass } from './live-class.ts'
import { Member, type MemberConnection } from './member.ts'

export interface ClassRegistryOptions {
  pool: WorkerPool
  clock: Clock
  randomness: Randomness
  log: Logger
  stamps: Stamps
  /** How long a membership outlives its connection, in milliseconds. */
  gracePeriod: number
  /** How long a class goes on after its last teacher left, in milliseconds. */
  teacherAbsenceLimit: number
}

/** A membership and the class that it belongs to. */
export interface Membership {
  liveClass: LiveClass
  member: Member
}

/** What comes of a good ticket: a membership, or a place at the door and the way to give it up. */
export type Admission = { membership: Membership } | { membership: null; leaveDoor: () => void }

interface EndedClass {
  id: ClassId
  endedAt: number
}

/** How long an ended class is refused and listed. */
const ENDED_KEPT_MILLISECONDS = 60 * 60_000

/** Longer than any ticket lives, leeway included. */
const REVOCATION_KEPT_MILLISECONDS = 5 * 60_000

export class ClassRegistry {
  readonly #options: ClassRegistryOptions
  readonly #classes = new Map<ClassId, LiveClass>()
  readonly #opening = new Map<ClassId, Promise<LiveClass>>()
  readonly #byToken = new Map<string, Membership>()
  readonly #ended: ExpiringMap<ClassId, EndedClass>
  readonly #revocations: ExpiringMap<string, number>

  constructor(options: ClassRegistryOptions) {
    this.#options = options
    this.#ended = new ExpiringMap(options.clock)
    this.#revocations = new ExpiringMap(options.clock)
  }

  /**
   * Makes a membership for the bearer of a good ticket, or lets the bearer wait.
   *
   * @param pass given by who was in before this media server forgot the class
   * @throws {SignalingError} `class-ended`, `ticket-revoked`, `class-full`, `too-many-devices`, and
   * what the class's moderation says
   */
  async enter(
    claims: TicketClaims,
    connection: MemberConnection,
    pass: string | null = null,
  ): Promise<Admission> {
    this.#refuseEnded(claims)
    const liveClass = await this.#open(claims)
    // Both may have changed while the class was being opened.
    this.#refuseEnded(claims)
    this.#refuseRevoked(claims)
    // From here on nothing waits, so that neither a lock nor a removal can come in between.
    const { clock, randomness, log } = this.#options
    if (liveClass.moderation.judge(claims, liveClass.isPass(pass, claims.sub)) === 'wait') {
      const { sub: accountId, name, role } = claims
      const who = { accountId, name, role, since: clock.now() }
      return {
        membership: null,
        leaveDoor: liveClass.moderation.waitingRoom.knock(who, connection),
      }
    }
    this.#makeRoom(liveClass, claims.sub)
    const member = new Member(
      {
        memberId: memberIdSchema.parse(randomness.uuid()),
        accountId: claims.sub,
        role: claims.role,
        name: claims.name,
      },
      randomness.bytes(32).toString('base64url'),
      clock,
    )
    member.connection = connection
    const membership = { liveClass, member }
    this.#byToken.set(member.resumeToken.reveal(), membership)
    liveClass.add(member)
    noteReadings(liveClass, claims)
    log.info({ class: claims.cls, role: member.role }, 'member joined')
    return { membership }
  }

  /**
   * Gives a membership a new connection; one that it still has is ended.
   *
   * @throws {SignalingError} `resume-unknown`
   */
  resume(resumeToken: string, connection: MemberConnection): Membership {
    const membership = this.#byToken.get(resumeToken)
    if (membership === undefined) throw new SignalingError('resume-unknown')
    const { liveClass, member } = membership
    const former = member.connection
    member.connection = connection
    former?.end(closeCodes.replaced)
    liveClass.resume(member)
    return membership
  }

  /**
   * Takes a fresh ticket for a membership that goes on.
   *
   * @throws {SignalingError} `ticket-mismatch`, `ticket-revoked`
   */
  renew({ liveClass, member }: Membership, claims: TicketClaims): void {
    const same =
      claims.cls === liveClass.info.id &&
      claims.role === member.role &&
      member.accountId.equals(new Redacted(claims.sub))
    if (!same) throw new SignalingError('ticket-mismatch')
    this.#refuseRevoked(claims)
    liveClass.rename(member, new Redacted(claims.name))
    noteReadings(liveClass, claims)
  }

  /** @throws {SignalingError} `ticket-revoked` where the ticket is older than a revocation */
  #refuseRevoked({ cls, sub, iat }: Pick<TicketClaims, 'cls' | 'sub' | 'iat'>): void {
    const revokedAt = this.#revocations.get(revocationKey(cls, sub))
    if (revokedAt !== undefined && iat * 1_000 <= revokedAt) {
      throw new SignalingError('ticket-revoked')
    }
  }

  /** Carries out a command whose signature was checked. */
  command(claims: CommandClaims): void {
    const liveClass = this.#classes.get(claims.cls)
    this.#options.log.info({ class: claims.cls, command: claims.cmd }, 'command')
    switch (claims.cmd) {
      case 'revoke':
        this.#revoke(claims.cls, claims.sub, claims.why === 'role' ? 'role-changed' : 'revoked')
        break
      case 'end-class':
        // Known or not: a ticket that was issued before must not open it again.
        this.#noteEnded(claims.cls)
        liveClass?.end('ended-by-teacher')
        break
      case 'readings':
        liveClass?.setReadings(
          {
            ...(claims.readings !== undefined && { readings: claims.readings }),
            ...(claims.interval !== undefined && { intervalSeconds: claims.interval }),
          },
          claims.iat,
        )
        break
    }
  }

  /** A class that is live now. */
  find(id: ClassId): LiveClass | undefined {
    return this.#classes.get(id)
  }

  /** Transports of everyone in every class. */
  get transports(): number {
    const members = [...this.#classes.values()].flatMap((liveClass) => liveClass.members)
    return members.reduce((sum, { media }) => sum + (media?.transportIds.length ?? 0), 0)
  }

  /** Live classes, and those that ended within the hour. */
  describe(): InternalClasses {
    const live = [...this.#classes.values()].map((liveClass) => {
      const members = { teacher: 0, student: 0, guest: 0 }
      for (const { role } of liveClass.members) members[role] += 1
      const { teacherAbsentSince } = liveClass
      return { id: liveClass.info.id, members, teacherAbsentSince, endedAt: null }
    })
    const ended = this.#ended.values().map(({ id, endedAt }) => {
      const members = { teacher: 0, student: 0, guest: 0 }
      return { id, members, teacherAbsentSince: null, endedAt }
    })
    const classes = [...live, ...ended]
    return { classes }
  }

  #refuseEnded({ cls }: TicketClaims): void {
    if (this.#ended.get(cls) !== undefined) throw new SignalingError('class-ended')
  }

  #noteEnded(id: ClassId): void {
    const endedAt = this.#options.clock.now()
    this.#ended.set(id, { id, endedAt }, endedAt + ENDED_KEPT_MILLISECONDS)
  }

  async #open(claims: TicketClaims): Promise<LiveClass> {
    const live = this.#classes.get(claims.cls)
    if (live !== undefined) return live
    const underway = this.#opening.get(claims.cls)
    if (underway !== undefined) return await underway
    const opening = this.#create(claims).finally(() => this.#opening.delete(claims.cls))
    this.#opening.set(claims.cls, opening)
    return await opening
  }

  async #create(claims: TicketClaims): Promise<LiveClass> {
    const { clock, randomness, gracePeriod, teacherAbsenceLimit, log, stamps } = this.#options
    const liveClass = new LiveClass(
      {
        id: claims.cls,
        courseId: claims.crs,
        startedAt: claims.startedAt,
        readings: claims.readings,
        intervalSeconds: claims.interval,
      },
      {
        clock,
        newId: () => randomness.uuid(),
        stamps,
        gracePeriod,
        teacherAbsenceLimit,
        onMemberEnded: (member) => {
          this.#byToken.delete(member.resumeToken.reveal())
          log.info({ class: claims.cls, role: member.role }, 'member left')
        },
        onEnded: (ended) => {
          this.#classes.delete(ended.info.id)
          this.#noteEnded(ended.info.id)
          log.info({ class: ended.info.id }, 'class ended')
        },
      },
    )
    await this.#openMedia(liveClass)
    if (this.#ended.get(claims.cls) !== undefined) liveClass.end('ended-by-teacher')
    this.#refuseEnded(claims)
    this.#classes.set(claims.cls, liveClass)
    log.info({ class: claims.cls }, 'class opened')
    return liveClass
  }

  async #openMedia(liveClass: LiveClass): Promise<void> {
    const media = await ClassMedia.open(this.#options.pool, {
      onLost: () => {
        this.#reopenMedia(liveClass)
      },
      onSpeaker: (memberId) => {
        liveClass.broadcast({ notification: 'activeSpeaker', data: { memberId } })
      },
    })
    if (liveClass.endedAt !== null) {
      media.close()
      return
    }
    liveClass.setMedia(media)
  }

  #reopenMedia(liveClass: LiveClass): void {
    if (liveClass.endedAt !== null) return
    liveClass.loseMedia()
    this.#openMedia(liveClass).catch((error: unknown) => {
      this.#options.log.error({ err: error, class: liveClass.info.id }, 'media not reopened')
      this.#options.clock.after(500, () => {
        this.#reopenMedia(liveClass)
      })
    })
  }

  #revoke(cls: ClassId, sub: AccountId, reason: 'revoked' | 'role-changed'): void {
    const now = this.#options.clock.now()
    this.#revocations.set(revocationKey(cls, sub), now, now + REVOCATION_KEPT_MILLISECONDS)
    const liveClass = this.#classes.get(cls)
    liveClass?.expel(new Redacted(sub), reason)
    if (reason === 'revoked') liveClass?.moderation.waitingRoom.release(sub, 'declined')
  }

  /** One account may have several devices; interrupted memberships yield before a device is refused. */
  #makeRoom(liveClass: LiveClass, sub: AccountId): void {
    const own = liveClass.membershipsOf(new Redacted(sub))
    if (own.length >= MAX_MEMBERSHIPS_OF_ACCOUNT) {
      const interrupted = own.find(({ connected }) => !connected)
      if (interrupted === undefined) throw new SignalingError('too-many-devices')
      liveClass.remove(interrupted)
    }
    if (liveClass.members.length >= MAX_MEMBERS) throw new SignalingError('class-full')
  }
}

function noteReadings(liveClass: LiveClass, { readings, interval, iat }: TicketClaims): void {
  liveClass.noteReadings({ readings, intervalSeconds: interval }, iat)
}

function revocationKey(cls: ClassId, sub: AccountId): string {
  return `${cls}/${sub}`
}
