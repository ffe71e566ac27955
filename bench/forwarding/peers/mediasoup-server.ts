/**
 * Bare mediasoup as a process of its own: one worker, one router, and mediasoup's calls by name over the channel to its
 * parent. No signalling, no observers, no class: what our sfu does beside forwarding is not here.
 */
import { createWorker, type types } from 'mediasoup'
import { describeRouter, routerCodecs } from '../../../sfu/media/codecs.ts'
import type { BareCall, BareAnswer } from './mediasoup.ts'

const workerBin = process.env['MEDIASOUP_WORKER_BIN']
const worker = await createWorker({ logLevel: 'error', ...(workerBin ? { workerBin } : {}) })
const port = Number(process.env['MEDIA_PORT'])
const listenInfos: types.TransportListenInfo[] = [{ protocol: 'udp', ip: '127.0.0.1', port }]
const webRtcServer = await worker.createWebRtcServer({ listenInfos })

let router = await worker.createRouter({ mediaCodecs: routerCodecs })
const transports = new Map<string, types.WebRtcTransport>()
const consumers = new Map<string, types.Consumer>()

function transport(id: string): types.WebRtcTransport {
  const found = transports.get(id)
  if (found === undefined) throw new Error(`no transport ${id}`)
  return found
}

async function obey(call: BareCall): Promise<unknown> {
  switch (call.method) {
    case 'anew': {
      router.close()
      transports.clear()
      consumers.clear()
      router = await worker.createRouter({ mediaCodecs: routerCodecs })
      return describeRouter(router)
    }
    case 'transport': {
      const made = await router.createWebRtcTransport({ webRtcServer, iceConsentTimeout: 30 })
      transports.set(made.id, made)
      const { id, iceParameters, iceCandidates } = made
      return { id, iceParameters, iceCandidates }
    }
    case 'connect':
      await transport(call.id).connect({ dtlsParameters: call.dtlsParameters })
      return null
    case 'produce': {
      const { kind, rtpParameters } = call
      return (await transport(call.id).produce({ kind, rtpParameters })).id
    }
    case 'consume': {
      const { producerId, rtpCapabilities, spatialLayer } = call
      const consumer = await transport(call.id).consume({
        producerId,
        rtpCapabilities,
        paused: true,
      })
      consumers.set(consumer.id, consumer)
      if (spatialLayer !== null) await consumer.setPreferredLayers({ spatialLayer })
      await consumer.resume()
      return consumer.id
    }
  }
}

process.on('message', (message: { readonly number: number; readonly call: BareCall }) => {
  const answer = (data: BareAnswer): void => void process.send?.(data)
  obey(message.call).then(
    (data) => {
      answer({ number: message.number, data, failed: null })
    },
    (error: unknown) => {
      answer({ number: message.number, data: null, failed: String(error) })
    },
  )
})
process.on('disconnect', () => {
  worker.close()
  process.exit(0)
})
process.send?.({ number: 0, data: null, failed: null } satisfies BareAnswer)
