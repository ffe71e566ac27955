/**
 * WebRTC parameters as mediasoup and mediasoup-client write them, with bounds on every list and
 * string. These schemas check form and size alone; whether parameters can be used is mediasoup's
 * word.
 */
import * as z from 'zod'
import { mediaIdSchema } from './ids.ts'

const byte = z.int().min(0).max(255)
const uint16 = z.int().min(0).max(65_535)
const uint32 = z.int().min(0).max(4_294_967_295)
const word = z.string().max(128)

/** Codec parameters are flat: numbers and short strings (fmtp). */
const codecParametersSchema = z.record(word, z.unknown()).refine((parameters) => {
  const values = Object.values(parameters)
  return values.length <= 32 && values.every(isFlat)
})

function isFlat(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= 512
  return value === null || typeof value === 'number' || typeof value === 'boolean'
}

const headerExtensionUriSchema = z.enum([
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
  'urn:mediasoup:params:rtp-hdrext:packet-id',
])

export const mediaKindSchema = z.enum(['audio', 'video'])
export type MediaKind = z.infer<typeof mediaKindSchema>

const rtcpFeedbackSchema = z.object({ type: word, parameter: word.exactOptional() })

export const rtpCapabilitiesSchema = z.object({
  codecs: z
    .array(
      z.object({
        kind: mediaKindSchema,
        mimeType: word,
        preferredPayloadType: byte,
        clockRate: uint32,
        channels: byte.exactOptional(),
        parameters: codecParametersSchema.exactOptional(),
        rtcpFeedback: z.array(rtcpFeedbackSchema).max(32).exactOptional(),
      }),
    )
    .max(64)
    .exactOptional(),
  headerExtensions: z
    .array(
      z.object({
        kind: mediaKindSchema,
        uri: headerExtensionUriSchema,
        preferredId: byte,
        preferredEncrypt: z.boolean().exactOptional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).exactOptional(),
      }),
    )
    .max(64)
    .exactOptional(),
})
export type RtpCapabilities = z.infer<typeof rtpCapabilitiesSchema>

export const rtpParametersSchema = z.object({
  mid: word.exactOptional(),
  codecs: z
    .array(
      z.object({
        mimeType: word,
        payloadType: byte,
        clockRate: uint32,
        channels: byte.exactOptional(),
        parameters: codecParametersSchema.exactOptional(),
        rtcpFeedback: z.array(rtcpFeedbackSchema).max(32).exactOptional(),
      }),
    )
    .min(1)
    .max(32),
  headerExtensions: z
    .array(
      z.object({
        uri: headerExtensionUriSchema,
        id: byte,
        encrypt: z.boolean().exactOptional(),
        parameters: codecParametersSchema.exactOptional(),
      }),
    )
    .max(32)
    .exactOptional(),
  encodings: z
    .array(
      z.object({
        ssrc: uint32.exactOptional(),
        rid: word.exactOptional(),
        codecPayloadType: byte.exactOptional(),
        rtx: z.object({ ssrc: uint32 }).exactOptional(),
        dtx: z.boolean().exactOptional(),
        scalabilityMode: word.exactOptional(),
        maxBitrate: uint32.exactOptional(),
      }),
    )
    .max(8)
    .exactOptional(),
  rtcp: z
    .object({ cname: word.exactOptional(), reducedSize: z.boolean().exactOptional() })
    .exactOptional(),
  msid: z.string().max(256).exactOptional(),
})
export type RtpParameters = z.infer<typeof rtpParametersSchema>

export const iceParametersSchema = z.object({
  usernameFragment: z.string().max(256),
  password: z.string().max(256),
  iceLite: z.boolean().exactOptional(),
})
export type IceParameters = z.infer<typeof iceParametersSchema>

export const iceCandidateSchema = z.object({
  foundation: word,
  priority: uint32,
  ip: z.string().max(255),
  address: z.string().max(255),
  protocol: z.enum(['udp', 'tcp']),
  port: uint16,
  type: z.literal('host'),
  tcpType: z.literal('passive').exactOptional(),
})
export type IceCandidate = z.infer<typeof iceCandidateSchema>

export const dtlsParametersSchema = z.object({
  role: z.enum(['auto', 'client', 'server']).exactOptional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z
          .string()
          .max(191)
          .regex(/^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})*$/),
      }),
    )
    .min(1)
    .max(8),
})
export type DtlsParameters = z.infer<typeof dtlsParametersSchema>

export const sctpParametersSchema = z.object({
  port: uint16,
  maxSendMessageSize: uint32,
  maxReceiveMessageSize: uint32,
  sendBufferSize: uint32,
  perStreamSendQueueLimit: uint32,
  maxReceiverWindowBufferSize: uint32,
  isDataChannel: z.boolean(),
  OS: uint16,
  MIS: uint16,
  maxMessageSize: uint32,
})
export type SctpParameters = z.infer<typeof sctpParametersSchema>

/** A label or protocol that a browser sends along is dropped: neither decides anything. */
export const sctpStreamParametersSchema = z.object({
  streamId: uint16,
  ordered: z.boolean().exactOptional(),
  maxPacketLifeTime: uint16.exactOptional(),
  maxRetransmits: uint16.exactOptional(),
})
export type SctpStreamParameters = z.infer<typeof sctpStreamParametersSchema>

export const iceServerSchema = z.object({
  urls: z.array(z.string().max(512)).min(1).max(8),
  username: z.string().max(256).exactOptional(),
  credential: z.string().max(256).exactOptional(),
})
export type IceServer = z.infer<typeof iceServerSchema>

export const layersSchema = z.object({
  spatialLayer: z.int().min(0).max(7),
  temporalLayer: z.int().min(0).max(7).exactOptional(),
})
export type Layers = z.infer<typeof layersSchema>

/** What a person sends; the source says how others show it. */
export const mediaSourceSchema = z.enum(['camera', 'microphone', 'screen', 'screen-audio'])
export type MediaSource = z.infer<typeof mediaSourceSchema>

/** The one kind of media that each source has. */
export const kindOfSource: Readonly<Record<MediaSource, MediaKind>> = {
  camera: 'video',
  microphone: 'audio',
  screen: 'video',
  'screen-audio': 'audio',
}

export const producerTypeSchema = z.enum(['simple', 'simulcast', 'svc'])

export const consumerParametersSchema = z.object({
  consumerId: mediaIdSchema,
  producerId: mediaIdSchema,
  kind: mediaKindSchema,
  rtpParameters: rtpParametersSchema,
  type: producerTypeSchema,
  producerPaused: z.boolean(),
})
export type ConsumerParameters = z.infer<typeof consumerParametersSchema>
