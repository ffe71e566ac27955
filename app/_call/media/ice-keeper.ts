/**
 * Keeps one transport's ICE alive: after a short interruption, or a failure, it restarts ICE, and
 * again with growing pauses until media flows. It must never restart what is connected.
 */
import type { types } from 'mediasoup-client'
import type { Timers } from '../timers.ts'

/** A short interruption mostly heals by itself; ICE needs a few seconds to connect. */
const DISCONNECTED_GRACE_MS = 1_500
const CONNECTING_GRACE_MS = 6_000
const PAUSES = [3_000, 5_000, 8_000]

export type IceKeeperOptions = {
  transport: types.Transport
  timers: Timers
  /** Asks the media server for new ICE parameters. */
  fetchIceParameters: () => Promise<types.IceParameters>
  /** A restart could not be done; `error` says why. The keeper tries again by itself. */
  onFailure: (error: unknown) => void
}

export class IceKeeper {
  readonly #options: IceKeeperOptions
  #callOff: (() => void) | null = null
  #attempts = 0
  #restarting = false

  constructor(options: IceKeeperOptions) {
    this.#options = options
    options.transport.on('connectionstatechange', (state) => {
      this.#changed(state)
    })
  }

  /** Whether media was flowing and does not now. */
  get interrupted(): boolean {
    const { connectionState } = this.#options.transport
    return connectionState === 'disconnected' || connectionState === 'failed'
  }

  /** Restarts now if media does not flow, because the network may have changed. */
  hurry(): void {
    if (!this.interrupted) return
    this.#attempts = 0
    this.#schedule(0)
  }

  close(): void {
    this.#callOff?.()
    this.#callOff = null
  }

  #changed(state: types.ConnectionState): void {
    if (state === 'connected') {
      this.#attempts = 0
      this.close()
    } else if (state === 'connecting') this.#schedule(CONNECTING_GRACE_MS)
    else if (state === 'disconnected') this.#schedule(DISCONNECTED_GRACE_MS)
    else if (state === 'failed') this.#schedule(0)
    else if (state === 'closed') this.close()
  }

  #schedule(delay: number): void {
    this.#callOff?.()
    this.#callOff = this.#options.timers.after(delay, () => void this.#restart())
  }

  async #restart(): Promise<void> {
    const { transport, fetchIceParameters, onFailure } = this.#options
    if (this.#restarting || this.#isClosed()) return
    this.#restarting = true
    try {
      const iceParameters = await fetchIceParameters()
      if (!this.#isClosed()) await transport.restartIce({ iceParameters })
    } catch (error) {
      onFailure(error)
    } finally {
      this.#restarting = false
    }
    if (this.#isClosed() || transport.connectionState === 'connected') return
    const pause = PAUSES[Math.min(this.#attempts, PAUSES.length - 1)] ?? 0
    this.#attempts += 1
    this.#schedule(pause)
  }

  #isClosed(): boolean {
    return this.#options.transport.closed
  }
}
