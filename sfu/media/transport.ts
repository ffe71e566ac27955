/**
 * WebRTC transports: ICE over UDP and TCP on the worker's one port, UDP preferred, and SCTP only
 * where the membership has a record channel.
 */
import type { types } from 'mediasoup'
import { RECORD_BYTES, RELAYED_RECORD_BYTES, type ResponseData } from '../protocol/index.ts'
import type { ClassMedia } from './class-media.ts'

export interface TransportOptions extends types.AppData {
  direction: 'send' | 'recv'
  /** Whether records travel on it. */
  records: boolean
  connected?: boolean
}

const INITIAL_OUTGOING_BITRATE = 1_500_000

/** A camera in three layers, a shared screen, and sound, with room to spare. */
const MAX_INCOMING_BITRATE = 8_000_000

/** Enough above a record's size that a wrong one arrives and is answered with a code. */
export const LARGEST_RECEIVED_MESSAGE = RECORD_BYTES * 4

const SCTP_BUFFER_BYTES = 262_144

export async function createTransport(
  { router, webRtcServer }: ClassMedia,
  options: TransportOptions,
): Promise<types.WebRtcTransport<TransportOptions>> {
  const transport = await router.createWebRtcTransport<TransportOptions>({
    webRtcServer,
    enableUdp: true,
    enableTcp: true,
    preferUdp: true,
    iceConsentTimeout: 30,
    initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
    enableSctp: options.records,
    maxSendMessageSize: RELAYED_RECORD_BYTES,
    maxReceiveMessageSize: LARGEST_RECEIVED_MESSAGE,
    sctpSendBufferSize: SCTP_BUFFER_BYTES,
    sctpPerStreamSendQueueLimit: SCTP_BUFFER_BYTES,
    sctpMaxReceiverWindowBufferSize: SCTP_BUFFER_BYTES,
    appData: { ...options },
  })
  if (options.direction === 'send') await transport.setMaxIncomingBitrate(MAX_INCOMING_BITRATE)
  return transport
}

/** A transport as its member's browser needs to know it. */
export function describeTransport(
  transport: types.WebRtcTransport<TransportOptions>,
): ResponseData<'createTransport'> {
  const { id, iceParameters, iceCandidates, dtlsParameters, sctpParameters } = transport
  return {
    transportId: id,
    iceParameters,
    iceCandidates,
    dtlsParameters,
    sctpParameters: sctpParameters ?? null,
  }
}
