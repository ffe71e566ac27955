/**
 * The media of one membership: its transports, what it sends and what it receives. Everything is
 * looked up among its own: a member can never name another's transport, producer or consumer. It
 * checks no roles; handlers do.
 */
import type { types } from 'mediasoup'
import {
  type ConsumerParameters,
  type DtlsParameters,
  type IceParameters,
  type Layers,
  MAX_CONSUMERS,
  MAX_PRODUCERS,
  MAX_TRANSPORTS,
  type MediaKind,
  type MediaSource,
  type ProducerInfo,
  type ResponseData,
  type RtpCapabilities,
  type RtpParameters,
  SignalingError,
} from '../protocol/index.ts'
import type { ClassMedia } from './class-media.ts'
import { describeRtpParameters } from './codecs.ts'
import { followConsumer, type ConsumerNotice } from './consumer-notices.ts'
import { refusedByMediasoup } from './media-refused.ts'
import { SerialQueue } from '../serial-queue.ts'
import { createTransport, describeTransport, type TransportOptions } from './transport.ts'

export interface MemberMediaEvents {
  onProducerAdded: (producer: Omit<ProducerInfo, 'memberId'>) => void
  onProducerUpdated: (producerId: string, paused: boolean, resting: boolean) => void
  onProducerClosed: (producerId: string) => void
  onConsumerNotice: (notice: ConsumerNotice) => void
  onTransportClosed: (transportId: string) => void
}

interface Sending {
  producer: types.Producer
  source: MediaSource
  /** Paused because its sender's tab is hidden, and for no other reason. */
  resting: boolean
}

export class MemberMedia {
  readonly #class: ClassMedia
  readonly #events: MemberMediaEvents
  readonly #transports = new Map<string, types.WebRtcTransport<TransportOptions>>()
  readonly #producers = new Map<string, Sending>()
  readonly #consumers = new Map<string, types.Consumer>()
  /** A pause and a resume that cross end as the later one says. */
  readonly #pauses = new SerialQueue()
  #rtpCapabilities: RtpCapabilities | null = null
  #closed = false

  constructor(media: ClassMedia, events: MemberMediaEvents) {
    this.#class = media
    this.#events = events
  }

  /** Transports that live. */
  get transportIds(): string[] {
    return [...this.#transports.keys()]
  }

  /** What this member sends. */
  get producers(): Omit<ProducerInfo, 'memberId'>[] {
    return [...this.#producers.values()].map(describeSending)
  }

  async createTransport(options: TransportOptions): Promise<ResponseData<'createTransport'>> {
    if (this.#transports.size >= MAX_TRANSPORTS) throw new SignalingError('transport-limit')
    const transport = await createTransport(this.#class, options)
    if (this.#closed) {
      transport.close()
      throw new SignalingError('media-unavailable')
    }
    this.#transports.set(transport.id, transport)
    // Every transport of a class goes with its worker, and a word of its own tells of that.
    let withWorker = false
    transport.once('routerclose', () => {
      withWorker = true
    })
    transport.observer.once('close', () => {
      this.#transports.delete(transport.id)
      if (!this.#closed && !withWorker) this.#events.onTransportClosed(transport.id)
    })
    transport.on('dtlsstatechange', (state) => {
      if (state === 'failed' || state === 'closed') transport.close()
    })
    return describeTransport(transport)
  }

  async connectTransport(transportId: string, dtlsParameters: DtlsParameters): Promise<void> {
    const transport = this.transport(transportId)
    if (transport.appData.connected === true) throw new SignalingError('transport-connected')
    transport.appData.connected = true
    await refusedByMediasoup(() => transport.connect({ dtlsParameters }))
  }

  async restartIce(transportId: string): Promise<IceParameters> {
    return await this.transport(transportId).restartIce()
  }

  closeTransport(transportId: string): void {
    this.transport(transportId).close()
  }

  setRtpCapabilities(rtpCapabilities: RtpCapabilities): void {
    if (this.#rtpCapabilities !== null) throw new SignalingError('capabilities-set')
    this.#rtpCapabilities = rtpCapabilities
  }

  async produce(options: {
    transportId: string
    kind: MediaKind
    source: MediaSource
    rtpParameters: RtpParameters
    paused: boolean
  }): Promise<types.Producer> {
    const { kind, source, rtpParameters, paused } = options
    const transport = this.transport(options.transportId, 'send')
    const sources = [...this.#producers.values()].map((sending) => sending.source)
    if (sources.includes(source)) throw new SignalingError('source-taken')
    if (sources.length >= MAX_PRODUCERS) throw new SignalingError('source-taken')
    const producer = await refusedByMediasoup(() =>
      transport.produce({ kind, rtpParameters, paused, keyFrameRequestDelay: 1_000 }),
    )
    const sending = { producer, source, resting: false }
    this.#producers.set(producer.id, sending)
    producer.observer.once('close', () => {
      this.#producers.delete(producer.id)
      this.#events.onProducerClosed(producer.id)
    })
    this.#events.onProducerAdded(describeSending(sending))
    return producer
  }

  /** Whether a producer is this member's. */
  sends(producerId: string): boolean {
    return this.#producers.has(producerId)
  }

  /** One of this member's producers. */
  producer(producerId: string): types.Producer {
    return this.#sending(producerId).producer
  }

  /** The source that one of this member's producers sends from. */
  sourceOf(producerId: string): MediaSource {
    return this.#sending(producerId).source
  }

  /** Whether anything is sent from a source, be it paused. */
  sendsFrom(source: MediaSource): boolean {
    return this.#from(source) !== undefined
  }

  /**
   * @param resting the pause lasts only as long as its sender's tab is hidden
   * @returns whether that changed anything
   */
  async setProducerPaused(producerId: string, paused: boolean, resting = false): Promise<boolean> {
    return await this.#pauses.run(async () => {
      const sending = this.#sending(producerId)
      const { producer } = sending
      if (producer.paused === paused && sending.resting === resting) return false
      sending.resting = resting
      if (producer.paused !== paused) await (paused ? producer.pause() : producer.resume())
      if (!producer.closed) this.#events.onProducerUpdated(producerId, paused, resting)
      return true
    })
  }

  /**
   * Stops a source for its owner: a microphone or a camera is paused, a screen is gone.
   *
   * @returns whether anything was being sent from it
   */
  async stopSource(source: MediaSource): Promise<boolean> {
    const sending = this.#from(source)
    if (sending === undefined) return false
    if (source === 'microphone' || source === 'camera') {
      return await this.setProducerPaused(sending.producer.id, true)
    }
    sending.producer.close()
    return true
  }

  closeProducer(producerId: string): void {
    this.producer(producerId).close()
  }

  /**
   * Starts to receive what another member of the class sends, paused.
   *
   * @param producer one that the caller found among the class's members
   */
  async consume(producer: types.Producer): Promise<ConsumerParameters> {
    const rtpCapabilities = this.#rtpCapabilities
    if (rtpCapabilities === null) throw new SignalingError('capabilities-missing')
    const transport = this.#receivingTransport()
    const consumers = [...this.#consumers.values()]
    if (consumers.some(({ producerId }) => producerId === producer.id)) {
      throw new SignalingError('consumer-exists')
    }
    if (consumers.length >= MAX_CONSUMERS) throw new SignalingError('consumer-limit')
    const producerId = producer.id
    if (!this.#class.router.canConsume({ producerId, rtpCapabilities })) {
      throw new SignalingError(producer.closed ? 'producer-unknown' : 'cannot-consume')
    }
    const consumer = await refusedByMediasoup(() =>
      transport.consume({ producerId, rtpCapabilities, paused: true }),
    ).catch((error: unknown) => {
      throw producer.closed ? new SignalingError('producer-unknown', { cause: error }) : error
    })
    this.#consumers.set(consumer.id, consumer)
    consumer.observer.once('close', () => {
      this.#consumers.delete(consumer.id)
    })
    followConsumer(consumer, this.#events.onConsumerNotice)
    const { id: consumerId, kind, producerPaused } = consumer
    const rtpParameters = describeRtpParameters(consumer.rtpParameters)
    // A pipe consumer is never made here.
    const type = consumer.type === 'pipe' ? 'simple' : consumer.type
    return { consumerId, producerId, kind, rtpParameters, type, producerPaused }
  }

  async setConsumerPaused(consumerId: string, paused: boolean): Promise<void> {
    const consumer = this.#consumer(consumerId)
    await (paused ? consumer.pause() : consumer.resume())
  }

  async setPreferredLayers(consumerId: string, layers: Layers): Promise<void> {
    const consumer = this.#consumer(consumerId)
    if (consumer.type === 'simple') return
    await refusedByMediasoup(() => consumer.setPreferredLayers(layers))
  }

  closeConsumer(consumerId: string): void {
    this.#consumer(consumerId).close()
  }

  /**
   * One of this member's transports.
   *
   * @param direction the way it must run, where that matters
   */
  transport(
    transportId: string,
    direction?: TransportOptions['direction'],
  ): types.WebRtcTransport<TransportOptions> {
    const transport = this.#transports.get(transportId)
    if (transport === undefined) throw new SignalingError('transport-unknown')
    if (direction !== undefined && transport.appData.direction !== direction) {
      throw new SignalingError('transport-direction')
    }
    return transport
  }

  /** Ends all of it. Others are told of producers; this member is not told of its own end. */
  close(): void {
    this.#closed = true
    for (const transport of this.#transports.values()) transport.close()
  }

  #from(source: MediaSource): Sending | undefined {
    return [...this.#producers.values()].find((one) => one.source === source)
  }

  #sending(producerId: string): Sending {
    const sending = this.#producers.get(producerId)
    if (sending === undefined) throw new SignalingError('producer-unknown')
    return sending
  }

  #consumer(consumerId: string): types.Consumer {
    const consumer = this.#consumers.get(consumerId)
    if (consumer === undefined) throw new SignalingError('consumer-unknown')
    return consumer
  }

  /** The newest one, since an older may be on its way out. */
  #receivingTransport(): types.WebRtcTransport<TransportOptions> {
    const newest = [...this.#transports.values()]
      .filter(({ appData }) => appData.direction === 'recv')
      .at(-1)
    if (newest === undefined) throw new SignalingError('transport-unknown')
    return newest
  }
}

function describeSending({ producer, source, resting }: Sending): Omit<ProducerInfo, 'memberId'> {
  const { id: producerId, kind, paused } = producer
  return { producerId, kind, source, paused, ...(resting && { resting }) }
}
