/**
 * The way of sealed records through the call: a student's one channel out, a teacher's one channel
 * in. Bytes are carried as they are; it must never look into a record, keep one, or send one again:
 * that is the vault's.
 */
import type { types } from 'mediasoup-client'
import { RECORD_BYTES, type Role, SignalingError } from '../../../sfu/protocol/index.ts'
import { CallError, isConnectionLoss } from '../errors.ts'
import type { Peer, Request } from '../media/peer.ts'

export type RecordChannelOptions = {
  role: Role
  request: Request
  /** A student's channel opened or closed. */
  onOpen: (open: boolean) => void
  /** A teacher's channel delivered: the sender's member id (16 bytes), then the record. */
  onMessage: (message: Uint8Array) => void
  onError: (error: unknown) => void
  /** The media server's view and ours differ beyond repair: media has to be built anew. */
  onLost: () => void
}

export class RecordChannel {
  readonly #options: RecordChannelOptions
  #peer: Peer | null = null
  #outgoing: types.DataProducer | null = null
  #incoming: types.DataConsumer | null = null
  #beginning = false

  constructor(options: RecordChannelOptions) {
    this.#options = options
  }

  get open(): boolean {
    return this.#outgoing?.readyState === 'open'
  }

  /** Media was built anew, or is gone: opens the channel of this role over it. */
  attach(peer: Peer | null): void {
    if (this.#outgoing !== null) this.#options.onOpen(false)
    this.#outgoing = null
    this.#incoming = null
    this.#peer = peer
    if (peer !== null) void this.#begin(peer)
  }

  /** Opens the channel if it is not there: after a resume, or after the media server closed it. */
  reconcile(): void {
    const missing = this.#outgoing === null && this.#incoming === null
    if (this.#peer !== null && missing && !this.#beginning) void this.#begin(this.#peer)
  }

  /**
   * Sends one record.
   *
   * @returns whether the channel was open and took it
   * @throws CallError `record-size`
   */
  send(record: Uint8Array): boolean {
    if (record.byteLength !== RECORD_BYTES) {
      throw new CallError('record-size', `send() [bytes:${record.byteLength}]`)
    }
    if (this.#outgoing?.readyState !== 'open') return false
    this.#outgoing.send(Uint8Array.from(record))
    return true
  }

  async #begin(peer: Peer): Promise<void> {
    this.#beginning = true
    try {
      if (this.#options.role === 'student' && peer.records.send) await this.#produce(peer)
      if (this.#options.role === 'teacher' && peer.records.recv) await this.#consume(peer)
    } catch (error) {
      if (isConnectionLoss(error) || this.#peer !== peer) return
      const exists = error instanceof SignalingError && error.code === 'record-channel-exists'
      if (exists) this.#options.onLost()
      else this.#options.onError(error)
    } finally {
      this.#beginning = false
    }
  }

  async #produce(peer: Peer): Promise<void> {
    const producer = await peer.send.produceData({ ordered: true })
    if (this.#peer !== peer) {
      producer.close()
      return
    }
    this.#outgoing = producer
    const opened = (): void => {
      if (this.#outgoing === producer) this.#options.onOpen(true)
    }
    const closed = (): void => {
      if (this.#outgoing !== producer) return
      this.#outgoing = null
      this.#options.onOpen(false)
    }
    producer.on('close', closed)
    producer.on('transportclose', closed)
    if (producer.readyState === 'open') opened()
    else producer.on('open', opened)
  }

  async #consume(peer: Peer): Promise<void> {
    const parameters = await this.#options.request('consumeRecords', { transportId: peer.recv.id })
    const consumer = await peer.recv.consumeData({
      id: parameters.dataConsumerId,
      dataProducerId: parameters.dataProducerId,
      sctpStreamParameters: parameters.sctpStreamParameters,
    })
    if (this.#peer !== peer) {
      consumer.close()
      return
    }
    this.#incoming = consumer
    consumer.binaryType = 'arraybuffer'
    consumer.on('message', (message: unknown) => {
      if (message instanceof ArrayBuffer) this.#options.onMessage(new Uint8Array(message))
    })
  }
}
