/**
 * Keeps a call's media alive: opens the peer, and opens another when media was lost or the membership
 * is a new one. It must never give up while the call lasts, and never decide what is sent or received.
 */
import type { Entry } from '../../../sfu/protocol/index.ts'
import { isConnectionLoss } from '../errors.ts'
import { detectDevice, Peer, type PeerOptions } from './peer.ts'
import { createSerial } from './serial.ts'

/** Pauses between attempts; the last one repeats. */
const PAUSES = [2_000, 4_000, 8_000, 15_000, 30_000]

export type PeerKeeperOptions = Pick<PeerOptions, 'request' | 'timers'> & {
  /** Finds out what this browser can do; throws where it can do nothing. */
  makeDevice?: () => Promise<PeerOptions['device']>
  /** The membership that media is built for; null before there is one and when the call is over. */
  entry: () => Entry | null
  /** Whether the media server can be asked now. */
  signalling: () => boolean
  /** There is another peer, or none any more: whoever sends or receives goes over to it. */
  onPeer: (peer: Peer | null) => void
  /** Media began to flow, or stopped flowing. */
  onConnection: () => void
  onError: (error: unknown) => void
}

export class PeerKeeper {
  readonly #options: PeerKeeperOptions
  readonly #build: () => void
  #peer: Peer | null = null
  /** For the next peer, where it was found out before. */
  #device: PeerOptions['device'] | null = null
  /** Set while media has to be built anew. */
  #stale = false
  #attempts = 0
  #callOffRetry: (() => void) | null = null

  constructor(options: PeerKeeperOptions) {
    this.#options = options
    this.#build = createSerial(
      () => this.#open(),
      (error) => {
        this.#failed(error)
      },
    )
  }

  get peer(): Peer | null {
    return this.#peer
  }

  /** Finds out what this browser can do while there is nothing to open yet, so that entering need not wait for it. */
  prepare(): void {
    const { makeDevice = detectDevice } = this.#options
    makeDevice().then(
      (device) => {
        this.#device = device
      },
      // Opening finds it out once more, and says so.
      () => undefined,
    )
  }

  /** Media has to be built anew: drops what there is and opens new transports. */
  rebuild(): void {
    this.#stale = true
    this.#attempts = 0
    this.#callOffRetry?.()
    this.#build()
  }

  /**
   * After a resume: whether the peer still lives at the media server. What that keeps of others, whose
   * end it could not be told, is closed: so many cuts would otherwise use up all that a member may have.
   *
   * @param transportIds those that the media server still has of this membership
   */
  survives(transportIds: readonly string[]): boolean {
    for (const transportId of transportIds) {
      if (this.#peer?.has(transportId) === true) continue
      this.#options.request('closeTransport', { transportId }).catch(() => undefined)
    }
    return this.#peer?.livesIn(transportIds) ?? false
  }

  /** The call is over. */
  close(): void {
    this.#callOffRetry?.()
    this.#drop()
  }

  async #open(): Promise<void> {
    const { request, timers, makeDevice = detectDevice, onPeer, onConnection } = this.#options
    const entry = this.#options.entry()
    if (!this.#stale || entry === null) return
    this.#stale = false
    this.#drop()
    // A browser without WebRTC asks the media server for nothing.
    const device = this.#device ?? (await makeDevice())
    this.#device = null
    const peer = await Peer.open({
      entry,
      request,
      timers,
      device,
      onConnection,
      onLost: () => {
        if (this.#peer === peer) this.rebuild()
      },
    })
    if (this.#options.entry() === null) {
      peer.close()
      return
    }
    this.#peer = peer
    this.#attempts = 0
    onPeer(peer)
    onConnection()
  }

  #drop(): void {
    const peer = this.#peer
    if (peer === null) return
    this.#peer = null
    this.#options.onPeer(null)
    peer.close()
    if (this.#options.signalling()) peer.forget()
  }

  #failed(error: unknown): void {
    const { entry, signalling, timers, onError } = this.#options
    this.#stale = true
    if (entry() === null) return
    // Without a connection the resume brings it about.
    if (isConnectionLoss(error) && !signalling()) return
    if (!isConnectionLoss(error)) onError(error)
    this.#callOffRetry?.()
    const pause = PAUSES[Math.min(this.#attempts, PAUSES.length - 1)] ?? 0
    this.#attempts += 1
    this.#callOffRetry = timers.after(pause, this.#build)
  }
}
