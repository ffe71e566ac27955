/**
 * Every request of signalling: what a browser sends and what the media server answers. A feature
 * adds its methods as a map of its own and spreads it into `requests`; nothing else must list them.
 */
import * as z from 'zod'
import {
  classInfoSchema,
  memberSchema,
  producerInfoSchema,
  roleSchema,
  timestampSchema,
} from './class.ts'
import { b64u, mediaIdSchema, memberIdSchema } from './ids.ts'
import { MAX_MEMBERS, MAX_PRODUCERS, MAX_RECEIPT_BYTES, MAX_TRANSPORTS } from './limits.ts'
import {
  consumerParametersSchema,
  dtlsParametersSchema,
  iceCandidateSchema,
  iceParametersSchema,
  iceServerSchema,
  layersSchema,
  mediaKindSchema,
  mediaSourceSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  sctpParametersSchema,
  sctpStreamParametersSchema,
} from './media.ts'
import { moderationEntrySchema, moderationRequests } from './moderation.ts'
import { passSchema, recoveryEntrySchema, recoveryRequests } from './recovery.ts'
import { talkEntrySchema, talkRequests } from './talk/index.ts'

const nothing = z.object({})
const ticket = z.object({ ticket: z.string().min(1).max(4_096) })
const producer = z.object({ producerId: mediaIdSchema })
const consumer = z.object({ consumerId: mediaIdSchema })
const transport = z.object({ transportId: mediaIdSchema })

/** The random id of a writer's chain, 16 bytes. */
export const writerSchema = b64u(16, 16)

/** The number of a chunk in its writer's chain. */
export const chunkNumberSchema = z.int().min(0).max(4_294_967_295)

/** What a member learns on entry, and again on resuming. */
export const entrySchema = z.object({
  memberId: memberIdSchema,
  resumeToken: b64u(32, 32),
  role: roleSchema,
  class: classInfoSchema,
  now: timestampSchema,
  routerRtpCapabilities: rtpCapabilitiesSchema,
  iceServers: z.array(iceServerSchema).max(8),
  /** Everyone in the class, oneself included. */
  members: z.array(memberSchema).max(MAX_MEMBERS),
  producers: z.array(producerInfoSchema).max(MAX_MEMBERS * MAX_PRODUCERS),
  writerMemberId: memberIdSchema.nullable(),
  activeSpeakerMemberId: memberIdSchema.nullable(),
  moderation: moderationEntrySchema,
  talk: talkEntrySchema,
  recovery: recoveryEntrySchema,
})
export type Entry = z.infer<typeof entrySchema>

export const resumedSchema = entrySchema.extend({
  /** Transports of this membership that still live. */
  transports: z.array(mediaIdSchema).max(MAX_TRANSPORTS),
})
export type Resumed = z.infer<typeof resumedSchema>

/** One who has to be let in: `admitted` or `declined` follows. */
const waitingSchema = z.object({ waiting: z.literal(true) })

const entryRequests = {
  join: {
    request: ticket.extend({ pass: passSchema.exactOptional() }),
    response: z.union([entrySchema, waitingSchema]),
  },
  resume: { request: z.object({ resumeToken: b64u(32, 32) }), response: resumedSchema },
  renew: { request: ticket, response: nothing },
  leave: { request: nothing, response: nothing },
  /** The class's clock, for a device whose own was found to be wrong. */
  readClock: { request: nothing, response: z.object({ now: timestampSchema }) },
}

const transportRequests = {
  createTransport: {
    request: z.object({ direction: z.enum(['send', 'recv']) }),
    response: z.object({
      transportId: mediaIdSchema,
      iceParameters: iceParametersSchema,
      iceCandidates: z.array(iceCandidateSchema).max(64),
      dtlsParameters: dtlsParametersSchema,
      /** Null where this member's role has no record channel that way. */
      sctpParameters: sctpParametersSchema.nullable(),
    }),
  },
  connectTransport: {
    request: transport.extend({ dtlsParameters: dtlsParametersSchema }),
    response: nothing,
  },
  restartIce: { request: transport, response: z.object({ iceParameters: iceParametersSchema }) },
  closeTransport: { request: transport, response: nothing },
  setRtpCapabilities: {
    request: z.object({ rtpCapabilities: rtpCapabilitiesSchema }),
    response: nothing,
  },
}

const mediaRequests = {
  produce: {
    request: transport.extend({
      kind: mediaKindSchema,
      source: mediaSourceSchema,
      rtpParameters: rtpParametersSchema,
      paused: z.boolean().exactOptional(),
      /** Reserved for end-to-end encrypted media. */
      encryption: z.null().exactOptional(),
    }),
    response: producer,
  },
  pauseProducer: {
    /** `resting`: only while the tab is hidden; taken for a camera where the rules say so. */
    request: producer.extend({ resting: z.boolean().exactOptional() }),
    response: nothing,
  },
  resumeProducer: { request: producer, response: nothing },
  closeProducer: { request: producer, response: nothing },
  consume: { request: producer, response: consumerParametersSchema },
  pauseConsumer: { request: consumer, response: nothing },
  resumeConsumer: { request: consumer, response: nothing },
  closeConsumer: { request: consumer, response: nothing },
  setPreferredLayers: {
    request: consumer.extend({ ...layersSchema.shape }),
    response: nothing,
  },
}

const recordRequests = {
  produceData: {
    request: transport.extend({ sctpStreamParameters: sctpStreamParametersSchema }),
    response: z.object({ dataProducerId: mediaIdSchema }),
  },
  consumeRecords: {
    request: transport,
    response: z.object({
      dataConsumerId: mediaIdSchema,
      dataProducerId: mediaIdSchema,
      sctpStreamParameters: sctpStreamParametersSchema,
    }),
  },
  sendReceipt: {
    request: z.object({ to: memberIdSchema, box: b64u(1, MAX_RECEIPT_BYTES) }),
    response: nothing,
  },
  announceChunk: {
    request: z.object({ writer: writerSchema, number: chunkNumberSchema }),
    response: nothing,
  },
}

/** All methods: the schema of the request's data and of the answer's. */
export const requests = {
  ...entryRequests,
  ...transportRequests,
  ...mediaRequests,
  ...recordRequests,
  ...moderationRequests,
  ...talkRequests,
  ...recoveryRequests,
}

export type RequestMap = typeof requests
export type Method = keyof RequestMap
export type RequestData<M extends Method> = z.infer<RequestMap[M]['request']>
export type ResponseData<M extends Method> = z.infer<RequestMap[M]['response']>

/** True for the name of a method that `requests` lists. */
export function isMethod(name: string): name is Method {
  return Object.hasOwn(requests, name)
}
