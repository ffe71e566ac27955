/**
 * A membership of a class over connections that come and go: enters with a ticket, resumes after a
 * cut with growing pauses, enters anew when the membership is gone, renews the ticket every five
 * minutes. It ends only when this side leaves or the other side says so with a code; silence ends
 * nothing.
 */
import {
  closeCodes,
  type Entry,
  type Method,
  moderationRequests,
  type Notification,
  type RequestData,
  type ResponseData,
  type Resumed,
  SignalingError,
  type SignalingErrorCode,
} from '../../../sfu/protocol/index.ts'
import { CallError, codeOf, RefusedError } from '../errors.ts'
import type { Timers } from '../timers.ts'
import { Channel } from './channel.ts'
import { Pace } from './pace.ts'
import type { OpenSocket } from './socket.ts'

const RENEW_EVERY_MS = 5 * 60_000

/**
 * Pauses between attempts, in milliseconds; the last one repeats. Each is drawn from 50–100 %. Close together for the
 * seconds in which a media server that died is started again, so that nobody sleeps through its return.
 */
const PAUSES = [250, 500, 500, 1_000, 1_000, 1_000, 2_000, 4_000, 5_000]

/** Codes after which another attempt would be answered the same. */
const FINAL: ReadonlySet<SignalingErrorCode> = new Set<SignalingErrorCode>([
  'class-ended',
  'class-full',
  'class-locked',
  'removed-from-class',
  'ticket-mismatch',
  'too-many-devices',
  'too-many-waiting',
])

/**
 * After so many tickets refused one after another something is wrong that waiting does not mend. A
 * changed role refuses those of the second in which it changed.
 */
const MOST_REFUSED_TICKETS = 5

/** What runs a class never waits behind the many requests for pictures: a teacher has to stop what floods it. */
const RUNS_THE_CLASS: ReadonlySet<string> = new Set([...Object.keys(moderationRequests), 'keepOut'])

export type Ticket = { ticket: string; signalingUrl: string }

/** Why a call is over: `left` by this side; else a code of web or of the media server. */
export type CallEnd = { reason: 'left' | 'class-ended' | 'removed' | 'refused'; code: string }

export type SessionOptions = {
  /** Fetches a fresh ticket. A `RefusedError` ends the session; any other error is tried again. */
  fetchTicket: () => Promise<Ticket>
  openSocket: OpenSocket
  timers: Timers
  /** Entered, or resumed (then `resumed` names the transports that still live). */
  onEntered: (entry: Entry, resumed: Resumed | null) => void
  /** A teacher has to let this person in; `onEntered` or the end follows. */
  onWaiting: () => void
  onNotification: (notification: Notification) => void
  onConnection: (connected: boolean) => void
  onEnded: (end: CallEnd) => void
}

export class Session {
  readonly #options: SessionOptions
  /** The limits are the membership's: a new connection does not start them afresh. */
  readonly #pace: Pace
  #channel: Channel | null = null
  #resumeToken: string | null = null
  /** Shows a media server that was restarted that this person was let in. */
  #pass: string | null = null
  #signalingUrl = ''
  #attempts = 0
  /** Number of the newest attempt: what becomes of one that was dropped is of no interest. */
  #newest = 0
  /** The newest attempt waits for its ticket, and has no socket yet. */
  #fetching = false
  #refusedTickets = 0
  #over = false
  #callOffRetry: (() => void) | null = null
  #callOffRenewal: (() => void) | null = null

  constructor(options: SessionOptions) {
    this.#options = options
    this.#pace = new Pace(options.timers)
  }

  /** Begins; what happens from here on comes through the options' callbacks. */
  start(): void {
    void this.#connect()
  }

  /**
   * Asks the media server over the connection that is there now.
   *
   * @throws SignalingError with the server's code
   * @throws CallError `connection-closed` while there is none; `request-timeout`
   */
  async request<M extends Method>(method: M, data: RequestData<M>): Promise<ResponseData<M>> {
    if (this.#channel !== null && this.#resumeToken !== null) {
      const turn = this.#pace.turn(RUNS_THE_CLASS.has(method))
      if (turn !== null) await turn
    }
    if (this.#channel === null || this.#resumeToken === null) {
      throw new CallError('connection-closed', `request() [method:${method}]`)
    }
    return this.#channel.request(method, data)
  }

  /**
   * The network may be back: tries at once instead of waiting out the pause, and drops an attempt that got
   * no answer at all yet, since it may have begun on a network that is gone.
   */
  hurry(): void {
    const unanswered = this.#fetching || this.#channel?.open === false
    if (this.#over || (this.#callOffRetry === null && !unanswered)) return
    this.#callOffRetry?.()
    this.#attempts = 0
    const dropped = this.#channel
    this.#channel = null
    void this.#connect()
    dropped?.close()
  }

  /** Drops a connection that is suspected dead; a new one resumes. */
  reconnect(): void {
    this.#channel?.close()
  }

  /** Leaves the class and says so, if there is a connection to say it over. */
  async leave(): Promise<void> {
    await this.#part({ reason: 'left', code: 'left' })
  }

  async #part(end: CallEnd): Promise<void> {
    if (this.#over) return
    const channel = this.#channel
    this.#end(end, () => undefined)
    try {
      if (channel !== null && !channel.closed) await channel.request('leave', {})
    } catch (error) {
      // The media server ends the membership by itself after its grace period.
      if (!(error instanceof CallError || error instanceof SignalingError)) throw error
    } finally {
      channel?.close()
    }
  }

  async #connect(): Promise<void> {
    this.#callOffRetry = null
    this.#newest += 1
    const attempt = this.#newest
    try {
      const resumeToken = this.#resumeToken
      this.#fetching = resumeToken === null
      if (resumeToken === null) {
        const ticket = await this.#options.fetchTicket()
        if (this.#isPast(attempt)) return
        this.#fetching = false
        this.#signalingUrl = ticket.signalingUrl
        await this.#join(this.#open(), ticket.ticket)
      } else {
        const channel = this.#open()
        const resumed = await channel.request('resume', { resumeToken })
        this.#entered(channel, resumed, resumed)
      }
    } catch (error) {
      if (!this.#isPast(attempt)) this.#failed(error)
    }
  }

  async #join(channel: Channel, ticket: string): Promise<void> {
    const pass = this.#pass
    const answer = await channel.request('join', { ticket, ...(pass !== null && { pass }) })
    if (!('waiting' in answer)) {
      this.#entered(channel, answer, null)
      return
    }
    if (this.#over || this.#channel !== channel || channel.closed) return
    this.#attempts = 0
    this.#refusedTickets = 0
    this.#options.onConnection(true)
    this.#options.onWaiting()
  }

  /** The door is open: the ticket that knocked is used up, so another one enters. */
  async #enterAtLast(): Promise<void> {
    const channel = this.#channel
    if (channel === null) return
    try {
      const { ticket } = await this.#options.fetchTicket()
      if (this.#channel === channel) await this.#join(channel, ticket)
    } catch (error) {
      this.#failed(error)
    }
  }

  #open(): Channel {
    const channel = new Channel({
      url: this.#signalingUrl,
      openSocket: this.#options.openSocket,
      timers: this.#options.timers,
      onNotification: (notification) => {
        if (this.#channel === channel) this.#notified(notification)
      },
      onClosed: (code) => {
        if (this.#channel === channel) this.#closed(code)
      },
    })
    this.#channel = channel
    return channel
  }

  #entered(channel: Channel, entry: Entry, resumed: Resumed | null): void {
    if (this.#over || this.#channel !== channel || channel.closed) return
    this.#resumeToken = entry.resumeToken
    this.#pass = entry.recovery.pass
    this.#attempts = 0
    this.#refusedTickets = 0
    this.#scheduleRenewal()
    this.#options.onConnection(true)
    this.#options.onEntered(entry, resumed)
  }

  #notified(notification: Notification): void {
    this.#options.onNotification(notification)
    if (notification.notification === 'classEnded') {
      this.#finish({ reason: 'class-ended', code: notification.data.reason })
    }
    if (notification.notification === 'admitted') void this.#enterAtLast()
    if (notification.notification === 'declined') {
      this.#finish({ reason: 'refused', code: 'declined' })
    }
    if (notification.notification === 'removed') {
      this.#finish({ reason: 'removed', code: notification.data.reason })
    }
  }

  /** A connection that had entered, or was about to, is gone. */
  #closed(code: number): void {
    this.#channel = null
    this.#callOffRenewal?.()
    if (this.#over) return
    if (code === closeCodes.classEnded) {
      this.#finish({ reason: 'class-ended', code: 'class-ended' })
      return
    }
    if (code === closeCodes.membershipEnded) {
      this.#finish({ reason: 'removed', code: 'removed' })
      return
    }
    this.#options.onConnection(false)
    this.#retry()
  }

  /** An attempt to enter or to resume failed. */
  #failed(error: unknown): void {
    if (this.#over) return
    this.#fetching = false
    const code = codeOf(error)
    if (error instanceof RefusedError) {
      this.#finish({ reason: 'refused', code })
      return
    }
    if (error instanceof SignalingError) {
      if (error.code === 'class-ended') {
        this.#finish({ reason: 'class-ended', code })
        return
      }
      if (error.code.startsWith('ticket-')) this.#refusedTickets += 1
      if (FINAL.has(error.code) || this.#refusedTickets >= MOST_REFUSED_TICKETS) {
        this.#finish({ reason: 'refused', code })
        return
      }
    }
    const channel = this.#channel
    this.#channel = null
    channel?.close()
    this.#options.onConnection(false)
    if (code === 'resume-unknown') {
      // The membership is gone, not the right to be here: enters anew with a fresh ticket, and at once, since
      // whoever says so is there again.
      this.#resumeToken = null
      void this.#connect()
    } else this.#retry()
  }

  #retry(): void {
    if (this.#over || this.#callOffRetry !== null) return
    const pause = PAUSES[Math.min(this.#attempts, PAUSES.length - 1)] ?? 0
    this.#attempts += 1
    const { timers } = this.#options
    const delay = pause * (0.5 + timers.random() / 2)
    this.#callOffRetry = timers.after(delay, () => void this.#connect())
  }

  #scheduleRenewal(): void {
    this.#callOffRenewal?.()
    this.#callOffRenewal = this.#options.timers.after(RENEW_EVERY_MS, () => void this.#renew())
  }

  async #renew(): Promise<void> {
    this.#scheduleRenewal()
    try {
      const { ticket } = await this.#options.fetchTicket()
      await this.request('renew', { ticket })
    } catch (error) {
      // Whoever is signed out is known to nobody any more, so that web cannot revoke the membership: this side ends it.
      if (error instanceof RefusedError && error.code === 'not-signed-in') {
        await this.#part({ reason: 'refused', code: error.code })
      }
      // Web revokes whom it refuses; until the media server says so, the call goes on.
      if (error instanceof SignalingError && FINAL.has(error.code)) this.#failed(error)
    }
  }

  #finish(end: CallEnd): void {
    const channel = this.#channel
    this.#end(end, () => channel?.close())
  }

  #end(end: CallEnd, release: () => void): void {
    if (this.#over) return
    this.#over = true
    this.#channel = null
    this.#callOffRetry?.()
    this.#callOffRenewal?.()
    release()
    this.#options.onEnded(end)
  }

  /** Whether this attempt to connect is not the one that counts. */
  #isPast(attempt: number): boolean {
    return this.#over || attempt !== this.#newest
  }
}
