/**
 * What happens to a consumer from the other side or from the network, as its owner is told it.
 */
import type { types } from 'mediasoup'
import type { Layers } from '../protocol/index.ts'

export type ConsumerNotice =
  | { notification: 'consumerClosed'; data: { consumerId: string } }
  | { notification: 'consumerPaused'; data: { consumerId: string } }
  | { notification: 'consumerResumed'; data: { consumerId: string } }
  | { notification: 'consumerLayers'; data: { consumerId: string; layers: Layers | null } }

/** Reports on a consumer until it closes; closing it by request is not reported. */
export function followConsumer(
  consumer: types.Consumer,
  report: (notice: ConsumerNotice) => void,
): void {
  const consumerId = consumer.id
  consumer.on('producerclose', () => {
    report({ notification: 'consumerClosed', data: { consumerId } })
  })
  consumer.on('producerpause', () => {
    report({ notification: 'consumerPaused', data: { consumerId } })
  })
  consumer.on('producerresume', () => {
    report({ notification: 'consumerResumed', data: { consumerId } })
  })
  consumer.on('layerschange', (layers) => {
    report({ notification: 'consumerLayers', data: { consumerId, layers: layers ?? null } })
  })
}
