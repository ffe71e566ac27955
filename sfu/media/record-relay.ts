/**
 * The way of sealed records through the media server: each student's channel ends here, is checked
 * for size and rate, and goes on, with the sender's member id before it, to one channel that the
 * teachers consume. It cannot read a record, keeps none, and never trusts a label or protocol for
 * who the sender is.
 */
import type { types } from 'mediasoup'
import { RELAYED_RECORD_BYTES } from '../protocol/index.ts'
import type { RecordBudget, RecordOffence } from './record-budget.ts'
import { LARGEST_RECEIVED_MESSAGE } from './transport.ts'

/** SCTP payload protocol id of binary data (RFC 8831, section 8). */
const BINARY_PPID = 53

export interface RecordSource {
  dataProducer: types.DataProducer
  /** The sender's member id, 16 bytes. */
  sender: Buffer
  budget: RecordBudget
  /** Called once, after the channel was closed for an offence. */
  onOffence: (code: RecordOffence) => void
}

export class RecordRelay {
  readonly #transport: types.DirectTransport
  readonly #outlet: types.DataProducer

  private constructor(transport: types.DirectTransport, outlet: types.DataProducer) {
    this.#transport = transport
    this.#outlet = outlet
  }

  /** Opens the relay of one class on its router; it closes with the router. */
  static async open(router: types.Router): Promise<RecordRelay> {
    const transport = await router.createDirectTransport({
      maxSendMessageSize: LARGEST_RECEIVED_MESSAGE,
      maxReceiveMessageSize: RELAYED_RECORD_BYTES,
    })
    const outlet = await transport.produceData({ label: 'records' })
    return new RecordRelay(transport, outlet)
  }

  /** What teachers consume. */
  get outletId(): string {
    return this.#outlet.id
  }

  /** Takes in a student's channel until that is closed. */
  async attach({ dataProducer, sender, budget, onOffence }: RecordSource): Promise<void> {
    const inlet = await this.#transport.consumeData({ dataProducerId: dataProducer.id })
    inlet.on('message', (message) => {
      if (dataProducer.closed) return
      const verdict = budget.judge(message.length)
      if (verdict === 'drop') return
      if (verdict === 'relay') {
        if (!this.#outlet.closed) this.#outlet.send(Buffer.concat([sender, message]), BINARY_PPID)
        return
      }
      dataProducer.close()
      onOffence(verdict)
    })
  }
}
