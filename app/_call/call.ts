/**
 * A call: one membership of one class, with its media, its record channel and its observable state.
 * It joins the parts (session, peer, publisher, subscriber, record channel) and holds nothing that a
 * part can hold. It must never read a record, and never end because the network did.
 */
import type {
  Entry,
  MediaSource,
  MemberId,
  Notification,
  ProducerInfo,
  Resumed,
} from '../../sfu/protocol/index.ts'
import type { LocalMedia } from './devices/local-media.ts'
import { Emitter, type Listenable } from './emitter.ts'
import { codeOf } from './errors.ts'
import type { TileSize } from './media/layers.ts'
import { ownFeeds, wantLocal, watchLocal } from './media/local-sources.ts'
import type { Peer } from './media/peer.ts'
import { PeerKeeper, type PeerKeeperOptions } from './media/peer-keeper.ts'
import { Publisher, toldBy } from './media/publisher.ts'
import type { Strain } from './quality/strain.ts'
import { Subscriber } from './media/subscriber.ts'
import { RecordChannel } from './records/record-channel.ts'
import type { ScreenShare } from './screen/screen-share.ts'
import { type CallEnd, Session, type Ticket } from './signaling/session.ts'
import { openBrowserSocket, type OpenSocket } from './signaling/socket.ts'
import {
  type CallState,
  EMPTY_ROLL,
  followRoll,
  INITIAL_STATE,
  peopleOf,
  type Roll,
  rollOf,
} from './state.ts'
import { createStore, type ReadableStore, type Store } from './store.ts'
import { browserTimers, type Timers } from './timers.ts'

/** What happens in a call, beside what its state says. */
export type CallEvents = {
  /** As `entered`, but before anything is brought in line with it. */
  entering: { entry: Entry }
  /** The media server let this member in; `resumed` is the same membership after a cut. */
  entered: { entry: Entry; resumed: boolean }
  /** The class's rules do not allow what this device wanted to send. */
  forbidden: { source: MediaSource }
  /** Anything that the media server said. */
  notification: Notification
  /** A student's record channel opened or closed. */
  recordChannel: { open: boolean }
  /** A teacher's record channel delivered: sender's member id (16 bytes), then the record. */
  record: Uint8Array
}

export type CallOptions = {
  fetchTicket: () => Promise<Ticket>
  /** The devices of the lobby; they stay open when the call ends. */
  localMedia: LocalMedia
  /** What this device shares; it stops when the call ends. */
  screen: ScreenShare
  openSocket?: OpenSocket
  timers?: Timers
  makeDevice?: PeerKeeperOptions['makeDevice']
}

/** A picture in sight: whose, and how large, in device pixels. */
export type Sight = TileSize & { memberId: string; source: MediaSource }

const FORBIDDEN: ReadonlySet<string> = new Set(['unmute-forbidden', 'video-forbidden'])

export class Call {
  readonly #options: CallOptions
  readonly #timers: Timers
  readonly #store: Store<CallState> = createStore(INITIAL_STATE)
  readonly #events = new Emitter<CallEvents>()
  readonly #session: Session
  readonly #publisher: Publisher
  readonly #subscriber: Subscriber
  readonly #media: PeerKeeper
  #records: RecordChannel | null = null
  #entry: Entry | null = null
  #roll: Roll = EMPTY_ROLL
  #signalling = false
  #sight: readonly Sight[] = []
  #resting = false
  #stopWatching: (() => void) | null = null

  constructor(options: CallOptions) {
    this.#options = options
    this.#timers = options.timers ?? browserTimers
    const request = this.request
    const onLost = (): void => {
      this.#media.rebuild()
    }
    const onError = (error: unknown): void => {
      this.#report(error)
    }
    this.#session = new Session({
      fetchTicket: options.fetchTicket,
      openSocket: options.openSocket ?? openBrowserSocket,
      timers: this.#timers,
      onEntered: (entry, resumed) => {
        this.#entered(entry, resumed)
      },
      onWaiting: () => {
        this.#store.patch({ phase: 'waiting' })
        this.#showConnection()
      },
      onNotification: (notification) => {
        this.#notified(notification)
      },
      onConnection: (connected) => {
        this.#signalling = connected
        this.#showConnection()
      },
      onEnded: (end) => {
        this.#ended(end)
      },
    })
    this.#publisher = new Publisher({
      request,
      timers: this.#timers,
      onChange: () => {
        this.#showPeople()
      },
      onError: (source, error) => {
        if (codeOf(error) === 'source-taken') onLost()
        else if (source.startsWith('screen')) options.screen.refused(error)
        else if (FORBIDDEN.has(codeOf(error))) this.#events.emit('forbidden', { source })
        else onError(error)
      },
    })
    this.#subscriber = new Subscriber({
      request,
      onLost,
      onChange: () => {
        this.#showPeople()
      },
      onError,
    })
    this.#media = new PeerKeeper({
      request,
      timers: this.#timers,
      ...(options.makeDevice !== undefined && { makeDevice: options.makeDevice }),
      entry: () => (this.#isOver() ? null : this.#entry),
      signalling: () => this.#signalling,
      onPeer: (peer) => {
        this.#attach(peer)
      },
      onConnection: () => {
        this.#showConnection()
      },
      onError,
    })
  }

  get state(): ReadableStore<CallState> {
    return this.#store
  }

  /** What this device shares. */
  get screen(): ScreenShare {
    return this.#options.screen
  }

  get events(): Listenable<CallEvents> {
    return this.#events
  }

  /** Enters the class; watch the state for what comes of it. */
  join(): void {
    this.#stopWatching = watchLocal(this.#options, () => {
      this.#publishLocal()
    })
    this.#publishLocal()
    this.#media.prepare()
    this.#session.start()
  }

  /** Leaves the class and tells the others. */
  async leave(): Promise<void> {
    await this.#session.leave()
  }

  /** Which pictures are in sight now, whole; all others are not received. */
  setSight(sight: readonly Sight[]): void {
    this.#sight = sight
    this.#applySight()
  }

  /** Whether the page is hidden; nothing is received then but sound. */
  setHidden(hidden: boolean): void {
    this.#subscriber.setHidden(hidden)
  }

  /** Whether the own camera, which goes on, is not sent for now. */
  setResting(resting: boolean): void {
    if (resting === this.#resting) return
    this.#resting = resting
    this.#publishLocal()
  }

  /** This machine is behind so far: less is received, and the own camera sent in fewer sizes. */
  setStrain(strain: Strain): void {
    this.#subscriber.setStrain(strain)
    this.#publisher.setStrain(strain)
  }

  /** What the browser measures of the media now; null while there is none. */
  async readStats(): Promise<Awaited<ReturnType<Peer['readStats']>> | null> {
    return (await this.#media.peer?.readStats()) ?? null
  }

  /** The member whose picture or sound a consumer is. */
  ownerOf(consumerId: string): string | null {
    return this.#subscriber.ownerOf(consumerId)
  }

  /** The network may have changed: tries at once whatever waits. */
  hurry(): void {
    this.#session.hurry()
    this.#media.peer?.hurry()
  }

  /**
   * Asks the media server; for what is no matter of media, such as chat.
   *
   * @throws SignalingError, CallError
   */
  readonly request: Session['request'] = (method, data) => this.#session.request(method, data)

  /**
   * A student's: sends one sealed record.
   *
   * @returns whether the channel took it
   * @throws CallError `record-size`
   */
  sendRecord(record: Uint8Array): boolean {
    return this.#records?.send(record) ?? false
  }

  /** The media server's time now, milliseconds since 1970. */
  readonly readClock = async (): Promise<number> => (await this.request('readClock', {})).now

  /** The writing teacher's: hands a sealed receipt to one student. */
  async sendReceipt(to: MemberId, box: string): Promise<void> {
    await this.#session.request('sendReceipt', { to, box })
  }

  /** The writing teacher's: tells the other teachers that a chunk is stored. */
  async announceChunk(writer: string, number: number): Promise<void> {
    await this.#session.request('announceChunk', { writer, number })
  }

  #entered(entry: Entry, resumed: Resumed | null): void {
    this.#events.emit('entering', { entry })
    const newMembership = this.#entry?.memberId !== entry.memberId
    this.#entry = entry
    this.#roll = rollOf(entry)
    this.#records ??= this.#makeRecordChannel(entry)
    const alive = resumed !== null && this.#media.survives(resumed.transports)
    const anew = newMembership || !alive
    // Asked for before the room is drawn, so that the media server works meanwhile.
    if (anew) this.#media.rebuild()
    this.#store.patch({
      phase: 'joined',
      selfId: entry.memberId,
      role: entry.role,
      class: entry.class,
      activeSpeakerId: entry.activeSpeakerMemberId,
      writerId: entry.writerMemberId,
      // What still holds is reported again.
      problem: null,
    })
    this.#showPeople()
    if (!anew) this.#reconcile(entry)
    this.#events.emit('entered', { entry, resumed: !newMembership })
  }

  #reconcile(entry: Entry): void {
    const own = entry.producers.filter(({ memberId }) => memberId === entry.memberId)
    this.#publisher.reconcile(toldBy(own))
    this.#subscriber.setProducers(this.#others())
    this.#records?.reconcile()
    this.#media.peer?.hurry()
  }

  #makeRecordChannel(entry: Entry): RecordChannel {
    return new RecordChannel({
      role: entry.role,
      request: this.request,
      onOpen: (open) => {
        this.#events.emit('recordChannel', { open })
      },
      onMessage: (message) => {
        this.#events.emit('record', message)
      },
      onLost: () => {
        this.#media.rebuild()
      },
      onError: (error) => {
        this.#report(error)
      },
    })
  }

  #notified(message: Notification): void {
    const roll = followRoll(this.#roll, message)
    if (roll !== this.#roll) {
      this.#roll = roll
      this.#subscriber.setProducers(this.#others())
      this.#showPeople()
      this.#applySight()
    }
    this.#follow(message)
    this.#events.emit('notification', message)
  }

  /** What a notification means beyond members and producers. */
  #follow(message: Notification): void {
    const { notification, data } = message
    if (notification === 'activeSpeaker') this.#store.patch({ activeSpeakerId: data.memberId })
    else if (notification === 'writer') this.#store.patch({ writerId: data.memberId })
    else if (notification === 'consumerClosed') this.#subscriber.consumerClosed(data.consumerId)
    else if (notification === 'recordChannelClosed') this.#records?.reconcile()
    else if (notification === 'transportClosed') {
      if (this.#media.peer?.has(data.transportId) === true) this.#media.rebuild()
    } else if (notification === 'mediaReset') {
      if (this.#entry !== null) this.#entry = { ...this.#entry, ...data }
      this.#media.rebuild()
    } else if (notification === 'readings') {
      const current = this.#store.getState().class
      if (current !== null) this.#store.patch({ class: { ...current, ...data } })
    }
  }

  #attach(peer: Peer | null): void {
    if (peer !== null) this.#store.patch({ problem: null })
    this.#subscriber.attach(peer)
    if (peer !== null) this.#subscriber.setProducers(this.#others())
    this.#publisher.attach(peer)
    this.#records?.attach(peer)
    if (peer !== null) this.#applySight()
  }

  #publishLocal(): void {
    wantLocal(this.#publisher, this.#options, this.#resting)
    this.#showPeople()
  }

  #applySight(): void {
    const sizes = new Map<string, TileSize>()
    for (const { memberId, source, width, height } of this.#sight) {
      const producer = this.#roll.producers.find(
        (other) => other.memberId === memberId && other.source === source,
      )
      if (producer !== undefined) sizes.set(producer.producerId, { width, height })
    }
    this.#subscriber.setSight(sizes)
  }

  #others(): readonly ProducerInfo[] {
    const selfId = this.#entry?.memberId
    return this.#roll.producers.filter(({ memberId }) => memberId !== selfId)
  }

  #showPeople(): void {
    const own = ownFeeds(this.#publisher, this.#options)
    this.#store.update((state) => {
      const trackOf = (producerId: string): MediaStreamTrack | null =>
        this.#subscriber.track(producerId)
      const people = peopleOf(state.people, this.#roll, state.selfId, trackOf, own)
      return people === state.people ? state : { ...state, people }
    })
  }

  #showConnection(): void {
    const { phase } = this.#store.getState()
    const flowing = this.#signalling && this.#media.peer?.interrupted !== true
    const waiting = phase === 'joined' ? 'reconnecting' : 'connecting'
    this.#store.patch({ connection: flowing ? 'connected' : waiting })
  }

  #report(error: unknown): void {
    this.#store.patch({ problem: codeOf(error) })
  }

  #isOver(): boolean {
    return this.#store.getState().phase === 'ended'
  }

  #ended(end: CallEnd): void {
    this.#stopWatching?.()
    this.#options.screen.stop()
    this.#signalling = false
    this.#store.patch({ phase: 'ended', end, people: [], activeSpeakerId: null })
    this.#media.close()
  }
}
