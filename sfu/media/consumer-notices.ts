/**
 * What happens to a consumer from the other side or from the network, as its owner is told it.
 */
import type { types } from 'mediasoup'
import type { Layers } from '../protocol/index.ts'

export type ConsumerNotice =
  | { notification: 'consumerClosed'; data: { consumerId: string } }
  | { notification: 'consumerPaused'; data: { consumerId: string } }
  | { notification: 'consumerResumed'; data: { consumerId: string } }
  | { notification: 'consumerScore'; data: { consumerId: string; score: number } }
  | { notification: 'consumerLayers'; data: { consumerId: string; layers: Layers | null } }

/** What a sender is taken for until something else is told. */
const BEST_SCORE = 10

/** Smaller changes are not told: they would be one message after another. */
const SCORE_STEP = 2

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
  let told = BEST_SCORE
  consumer.on('score', ({ producerScore }) => {
    // Nothing is sent in this moment: that says nothing of the way.
    if (producerScore === 0 || consumer.producerPaused) return
    if (Math.abs(producerScore - told) < SCORE_STEP) return
    told = producerScore
    report({ notification: 'consumerScore', data: { consumerId, score: producerScore } })
  })
  consumer.on('layerschange', (layers) => {
    report({ notification: 'consumerLayers', data: { consumerId, layers: layers ?? null } })
  })
}
