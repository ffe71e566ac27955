/**
 * What this device receives. Every sound is consumed; a picture only while its tile can be seen,
 * in the layer that its size deserves; what is out of sight is paused at the media server. It must
 * never receive a picture that nobody looks at.
 */
import type { types } from 'mediasoup-client'
import {
  type ConsumerParameters,
  type ProducerInfo,
  SignalingError,
} from '../../../sfu/protocol/index.ts'
import { isConnectionLoss } from '../errors.ts'
import type { Strain } from '../quality/strain.ts'
import { layersFor, type PreferredLayers, screenLayersFor, type TileSize } from './layers.ts'
import type { Peer, Request } from './peer.ts'
import { createSerial } from './serial.ts'

type Slot = {
  producer: ProducerInfo
  consumer: types.Consumer | null
  /** What the media server was told last of the consumer. */
  toldPaused: boolean
  toldLayers: PreferredLayers | null
  sync: () => void
}

export type SubscriberOptions = {
  request: Request
  /** A track came or went. */
  onChange: () => void
  /** The media server's view and ours differ beyond repair: media has to be built anew. */
  onLost: () => void
  onError: (error: unknown) => void
}

export class Subscriber {
  readonly #options: SubscriberOptions
  readonly #slots = new Map<string, Slot>()
  /** Sizes of the pictures in sight, in device pixels, by producer. */
  #sight: ReadonlyMap<string, TileSize> = new Map()
  #hidden = false
  #strain: Strain = 0
  #peer: Peer | null = null

  constructor(options: SubscriberOptions) {
    this.#options = options
  }

  /** The track of a producer, once it is received. */
  track(producerId: string): MediaStreamTrack | null {
    return this.#slots.get(producerId)?.consumer?.track ?? null
  }

  /** Media was built anew, or is gone. */
  attach(peer: Peer | null): void {
    this.#peer = peer
    for (const slot of this.#slots.values()) {
      this.#forget(slot)
      slot.sync()
    }
  }

  /** Brings the known producers to those that others send now. */
  setProducers(producers: readonly ProducerInfo[]): void {
    const current = new Set(producers.map(({ producerId }) => producerId))
    for (const producerId of [...this.#slots.keys()]) {
      if (!current.has(producerId)) this.#remove(producerId)
    }
    for (const producer of producers) {
      const slot = this.#slots.get(producer.producerId)
      if (slot === undefined) this.#add(producer)
      else slot.sync()
    }
  }

  /** Says which pictures are in sight, by producer; all others are paused. */
  setSight(sight: ReadonlyMap<string, TileSize>): void {
    this.#sight = sight
    this.#syncVideo()
  }

  /** Nobody sees a hidden page: every picture is paused until it is shown again. */
  setHidden(hidden: boolean): void {
    this.#hidden = hidden
    this.#syncVideo()
  }

  /** How far this machine is behind: it asks for less. */
  setStrain(strain: Strain): void {
    this.#strain = strain
    this.#syncVideo()
  }

  /** The member whose picture or sound a consumer is. */
  ownerOf(consumerId: string): string | null {
    for (const { consumer, producer } of this.#slots.values()) {
      if (consumer?.id === consumerId) return producer.memberId
    }
    return null
  }

  /** The media server closed a consumer. */
  consumerClosed(consumerId: string): void {
    for (const slot of this.#slots.values()) {
      if (slot.consumer?.id !== consumerId) continue
      this.#forget(slot)
      slot.sync()
    }
  }

  #add(producer: ProducerInfo): void {
    const slot: Slot = {
      producer,
      consumer: null,
      toldPaused: true,
      toldLayers: null,
      sync: createSerial(
        () => this.#bring(slot),
        (error) => {
          this.#failed(slot, error)
        },
      ),
    }
    this.#slots.set(producer.producerId, slot)
    slot.sync()
  }

  #remove(producerId: string): void {
    const slot = this.#slots.get(producerId)
    if (slot === undefined) return
    this.#slots.delete(producerId)
    this.#forget(slot)
    this.#options.onChange()
  }

  #syncVideo(): void {
    for (const slot of this.#slots.values()) {
      if (slot.producer.kind === 'video') slot.sync()
    }
  }

  /** The layers wanted of a slot; null when it shall be paused. */
  #wanted(slot: Slot): PreferredLayers | 'sound' | null {
    if (slot.producer.kind === 'audio') return 'sound'
    const size = this.#sight.get(slot.producer.producerId)
    if (this.#hidden || size === undefined) return null
    return slot.producer.source === 'screen'
      ? screenLayersFor(size, this.#strain)
      : layersFor(size, this.#strain)
  }

  async #bring(slot: Slot): Promise<void> {
    const { request } = this.#options
    const wanted = this.#wanted(slot)
    if (this.#peer === null || !this.#isCurrent(slot)) return
    if (wanted !== null && slot.consumer === null) await this.#consume(slot, this.#peer)
    const { consumer } = slot
    if (consumer === null) return
    const { id: consumerId } = consumer

    if (wanted === null) {
      if (!slot.toldPaused) await request('pauseConsumer', { consumerId })
      slot.toldPaused = true
      return
    }
    if (wanted !== 'sound' && !same(wanted, slot.toldLayers)) {
      await request('setPreferredLayers', { consumerId, ...wanted })
      slot.toldLayers = wanted
    }
    if (slot.toldPaused) await request('resumeConsumer', { consumerId })
    slot.toldPaused = false
  }

  async #consume(slot: Slot, peer: Peer): Promise<void> {
    const { producerId, memberId, source } = slot.producer
    const parameters: ConsumerParameters = await this.#options.request('consume', { producerId })
    // Sound and picture of a person are played in step; a screen is a stream of its own.
    const streamId = `${memberId}-${source.startsWith('screen') ? 'screen' : 'person'}`
    const consumer = await peer.recv.consume({
      id: parameters.consumerId,
      producerId,
      kind: parameters.kind,
      rtpParameters: parameters.rtpParameters,
      streamId,
    })
    if (this.#peer !== peer || !this.#isCurrent(slot)) {
      consumer.close()
      return
    }
    slot.consumer = consumer
    slot.toldPaused = true
    slot.toldLayers = null
    this.#options.onChange()
  }

  #failed(slot: Slot, error: unknown): void {
    // A resume, or media built anew, brings it about later.
    if (isConnectionLoss(error) || !this.#isCurrent(slot) || this.#peer === null) return
    if (error instanceof SignalingError) {
      if (error.code === 'consumer-unknown') {
        this.#forget(slot)
        slot.sync()
        return
      }
      // It has gone; the notification that says so is under way.
      if (error.code === 'producer-unknown') return
      if (error.code === 'consumer-exists' || error.code === 'transport-unknown') {
        this.#options.onLost()
        return
      }
    }
    this.#options.onError(error)
  }

  #forget(slot: Slot): void {
    slot.consumer?.close()
    slot.consumer = null
    slot.toldPaused = true
    slot.toldLayers = null
    this.#options.onChange()
  }

  #isCurrent(slot: Slot): boolean {
    return this.#slots.get(slot.producer.producerId) === slot
  }
}

function same(one: PreferredLayers, other: PreferredLayers | null): boolean {
  return one.spatialLayer === other?.spatialLayer && one.temporalLayer === other.temporalLayer
}
