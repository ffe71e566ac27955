/**
 * What this device sends: microphone, camera and screen, brought to what the person wants whenever that
 * changes or media is built anew. Sending is paused at the media server, not only here. It must
 * never open or close a device.
 */
import type { types } from 'mediasoup-client'
import type { MediaSource, ProducerInfo } from '../../../sfu/protocol/index.ts'
import { codeOf, isConnectionLoss } from '../errors.ts'
import type { Strain } from '../quality/strain.ts'
import { browserTimers, type Timers } from '../timers.ts'
import type { Request } from './peer.ts'
import { createSerial } from './serial.ts'

/** What is needed of a connection to send over it. */
type Peer = { send: Pick<types.Transport, 'produce'> }

export type Outgoing = {
  track: MediaStreamTrack | null
  paused: boolean
  /** The track is not encoded and not sent for now, though the person wants it on. */
  resting?: boolean
}

/** What the media server was told last of a producer. */
export type Told = 'sent' | 'paused' | 'resting'

/** Three VP8 layers: a quarter, half and all of each side; bits a second at most. */
const CAMERA_ENCODINGS: types.RtpEncodingParameters[] = [
  { scaleResolutionDownBy: 4, maxBitrate: 120_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 2, maxBitrate: 350_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 1, maxBitrate: 1_000_000, scalabilityMode: 'L1T3' },
]

/**
 * Two layers, though a shared screen is mostly looked at large: mediasoup forwards VP8 in a single layer with temporal
 * ones as it does VP9, and where such a stream was silent for a while (a cut network) it waited for ever for a frame that
 * VP8 never marks. The small one is for whoever can receive no more, and so light that a weak sender still affords the
 * other. `dtx`: a screen on which nothing moves is not gone.
 */
const SCREEN_ENCODINGS: types.RtpEncodingParameters[] = [
  {
    scaleResolutionDownBy: 2,
    maxBitrate: 200_000,
    maxFramerate: 3,
    scalabilityMode: 'L1T3',
    dtx: true,
  },
  { scaleResolutionDownBy: 1, maxBitrate: 2_500_000, scalabilityMode: 'L1T3', dtx: true },
]

const OPTIONS: Partial<Record<MediaSource, types.ProducerOptions>> = {
  camera: {
    encodings: CAMERA_ENCODINGS,
    codecOptions: { videoGoogleStartBitrate: 600 },
    zeroRtpOnPause: false,
  },
  microphone: { codecOptions: { opusDtx: true, opusFec: true, opusStereo: false } },
  screen: {
    encodings: SCREEN_ENCODINGS,
    codecOptions: { videoGoogleStartBitrate: 1_000 },
  },
  'screen-audio': { codecOptions: { opusDtx: false, opusFec: true, opusStereo: true } },
}

/** The media server takes so many changes of one person and no more: what it refused is asked for again. */
const TOO_FAST_PAUSE_MS = 2_000

/** Sources that are gone for the others as soon as they are gone here; the rest stay announced. */
const CLOSES_WITH_ITS_TRACK: ReadonlySet<MediaSource> = new Set(['screen', 'screen-audio'])

type Slot = {
  wanted: Outgoing
  producer: types.Producer | null
  told: Told
  sync: () => void
}

export type PublisherOptions = {
  request: Request
  /** Something is sent now, or no longer. */
  onChange: () => void
  onError: (source: MediaSource, error: unknown) => void
  timers?: Timers
}

export class Publisher {
  readonly #options: PublisherOptions
  readonly #timers: Timers
  readonly #slots = new Map<MediaSource, Slot>()
  #peer: Peer | null = null
  #strain: Strain = 0

  constructor(options: PublisherOptions) {
    this.#options = options
    this.#timers = options.timers ?? browserTimers
  }

  /** Says what to send of a source from now on; a camera without a track stays announced, paused. */
  want(source: MediaSource, wanted: Outgoing): void {
    const slot = this.#slotOf(source)
    const { track, paused, resting = false } = slot.wanted
    const same = track === wanted.track && paused === wanted.paused
    if (same && resting === (wanted.resting ?? false)) return
    slot.wanted = wanted
    slot.sync()
  }

  /** Media was built anew (or is gone): everything wanted is sent over the new transport. */
  attach(peer: Peer | null): void {
    this.#peer = peer
    for (const slot of this.#slots.values()) {
      slot.producer = null
      slot.sync()
    }
  }

  /**
   * After a resume: sends anew what the media server no longer has, and says again what is paused.
   *
   * @param living this member's producers as the media server has them, by id
   */
  reconcile(living: ReadonlyMap<string, Told>): void {
    for (const slot of this.#slots.values()) {
      const { producer } = slot
      if (producer !== null) {
        const told = living.get(producer.id)
        if (told === undefined) this.#drop(slot)
        else slot.told = told
      }
      slot.sync()
    }
  }

  /** How far this machine is behind: the camera is encoded in fewer sizes. */
  setStrain(strain: Strain): void {
    this.#strain = strain
    this.#slots.get('camera')?.sync()
  }

  /** The id under which others know a source, while it is sent. */
  producerId(source: MediaSource): string | null {
    return this.#slots.get(source)?.producer?.id ?? null
  }

  #slotOf(source: MediaSource): Slot {
    const known = this.#slots.get(source)
    if (known !== undefined) return known
    const slot: Slot = {
      wanted: { track: null, paused: true },
      producer: null,
      told: 'paused',
      sync: createSerial(
        () => this.#bring(source),
        (error) => {
          if (codeOf(error) === 'rate-limited') this.#timers.after(TOO_FAST_PAUSE_MS, slot.sync)
          // A resume, or media built anew, brings it about later.
          else if (!isConnectionLoss(error)) this.#options.onError(source, error)
        },
      ),
    }
    this.#slots.set(source, slot)
    return slot
  }

  /** Brings one source to what is wanted now. */
  async #bring(source: MediaSource): Promise<void> {
    const slot = this.#slotOf(source)
    const peer = this.#peer
    if (peer === null) return
    const { track } = slot.wanted
    try {
      await this.#bringOver(peer, source, slot)
    } catch (error) {
      // A track that ended meanwhile, or a connection that was given up: what is wanted now follows by itself.
      if (this.#peer === peer && track?.readyState !== 'ended') throw error
    }
  }

  async #bringOver(peer: Peer, source: MediaSource, slot: Slot): Promise<void> {
    const { track } = slot.wanted
    if (slot.producer === null) {
      if (track !== null) await this.#produce(source, slot, peer, track)
      return
    }
    const { producer } = slot
    if (producer.closed) {
      this.#drop(slot)
      slot.sync()
      return
    }
    if (track === null && CLOSES_WITH_ITS_TRACK.has(source)) {
      await this.#unproduce(slot, producer)
      return
    }
    const wanted = toldOf(slot.wanted)
    const paused = wanted !== 'sent'
    // An encoder works for as long as it has a track, whoever is told of a pause.
    const encoded = wanted === 'resting' ? null : track
    const sizes = CAMERA_ENCODINGS.length - 1 - this.#strain
    if (
      source === 'camera' &&
      (producer.maxSpatialLayer ?? CAMERA_ENCODINGS.length - 1) !== sizes
    ) {
      await producer.setMaxSpatialLayer(sizes)
    }
    if (producer.track !== encoded) await producer.replaceTrack({ track: encoded })
    if (paused !== producer.paused) {
      if (paused) producer.pause()
      else producer.resume()
    }
    if (wanted !== slot.told) {
      const { id: producerId } = producer
      if (wanted === 'sent') await this.#options.request('resumeProducer', { producerId })
      else {
        const resting = wanted === 'resting'
        await this.#options.request('pauseProducer', { producerId, ...(resting && { resting }) })
      }
      slot.told = wanted
      this.#options.onChange()
    }
  }

  async #produce(
    source: MediaSource,
    slot: Slot,
    peer: Peer,
    track: MediaStreamTrack,
  ): Promise<void> {
    const paused = toldOf(slot.wanted) !== 'sent'
    const producer = await peer.send.produce({
      ...OPTIONS[source],
      track,
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, paused },
    })
    if (this.#peer !== peer) {
      producer.close()
      return
    }
    slot.producer = producer
    slot.told = paused ? 'paused' : 'sent'
    if (paused) producer.pause()
    this.#options.onChange()
    slot.sync()
  }

  async #unproduce(slot: Slot, producer: types.Producer): Promise<void> {
    try {
      await this.#options.request('closeProducer', { producerId: producer.id })
    } catch (error) {
      // It has gone already.
      if (codeOf(error) !== 'producer-unknown') throw error
    }
    if (slot.producer === producer) this.#drop(slot)
    this.#options.onChange()
    slot.sync()
  }

  #drop(slot: Slot): void {
    slot.producer?.close()
    slot.producer = null
  }
}

/** What the media server was told of producers, by its own word. */
export function toldBy(producers: readonly ProducerInfo[]): ReadonlyMap<string, Told> {
  return new Map(
    producers.map(({ producerId, paused, resting = false }) => [
      producerId,
      resting ? 'resting' : paused ? 'paused' : 'sent',
    ]),
  )
}

function toldOf({ track, paused, resting = false }: Outgoing): Told {
  if (paused || track === null) return 'paused'
  return resting ? 'resting' : 'sent'
}
