/**
 * Everything that the media server says unasked. A feature adds its notifications as a map of its
 * own and spreads it into `notifications`. A browser that does not know one ignores it.
 */
import * as z from 'zod'
import {
  intervalSecondsSchema,
  memberSchema,
  producerInfoSchema,
  readingsSchema,
  timestampSchema,
} from './class.ts'
import { b64u, mediaIdSchema, memberIdSchema } from './ids.ts'
import { signalingErrorCodeSchema } from './errors.ts'
import { MAX_RECEIPT_BYTES } from './limits.ts'
import { layersSchema, rtpCapabilitiesSchema } from './media.ts'
import { moderationNotifications } from './moderation.ts'
import { recoveryNotifications } from './recovery.ts'
import { chunkNumberSchema, writerSchema } from './requests.ts'
import { talkNotifications } from './talk/index.ts'

const consumer = z.object({ consumerId: mediaIdSchema })

const memberNotifications = {
  memberJoined: z.object({ member: memberSchema }),
  memberLeft: z.object({ memberId: memberIdSchema }),
  memberUpdated: z.object({ member: memberSchema }),
}

const mediaNotifications = {
  producerAdded: z.object({ producer: producerInfoSchema }),
  producerUpdated: z.object({
    producerId: mediaIdSchema,
    paused: z.boolean(),
    resting: z.boolean().exactOptional(),
  }),
  producerClosed: z.object({ producerId: mediaIdSchema }),
  consumerClosed: consumer,
  consumerPaused: consumer,
  consumerResumed: consumer,
  /** Null while no layer is being sent. */
  consumerLayers: consumer.extend({ layers: layersSchema.nullable() }),
  /** How well arrives here what its sender sends, of 10; told when it changes by 2 or more. */
  consumerScore: consumer.extend({ score: z.int().min(0).max(10) }),
  transportClosed: z.object({ transportId: mediaIdSchema }),
  activeSpeaker: z.object({ memberId: memberIdSchema.nullable() }),
  /** All media of the class is gone: load the capabilities anew, make transports, produce again. */
  mediaReset: z.object({ routerRtpCapabilities: rtpCapabilitiesSchema }),
}

const classNotifications = {
  clock: z.object({ now: timestampSchema }),
  readings: z.object({ readings: readingsSchema, intervalSeconds: intervalSecondsSchema }),
  classEnded: z.object({ reason: z.enum(['ended-by-teacher', 'no-teacher']) }),
  /**
   * `revoked`: the school or the course ended this membership; `by-teacher`: sent out of this class;
   * `role-changed`: enter again, in the role that holds now.
   */
  removed: z.object({ reason: z.enum(['revoked', 'by-teacher', 'role-changed']) }),
}

const recordNotifications = {
  writer: z.object({ memberId: memberIdSchema.nullable() }),
  receipt: z.object({ box: b64u(1, MAX_RECEIPT_BYTES) }),
  chunk: z.object({ writer: writerSchema, number: chunkNumberSchema }),
  /** The record channel was closed for an offence (`record-size`, `record-rate`). */
  recordChannelClosed: z.object({ code: signalingErrorCodeSchema }),
}

/** All notifications: the schema of each one's data. */
export const notifications = {
  ...memberNotifications,
  ...mediaNotifications,
  ...classNotifications,
  ...recordNotifications,
  ...moderationNotifications,
  ...talkNotifications,
  ...recoveryNotifications,
}

export type NotificationMap = typeof notifications
export type NotificationName = keyof NotificationMap
export type NotificationData<N extends NotificationName> = z.infer<NotificationMap[N]>

/** One notification as it travels: a union told apart by `notification`. */
export type Notification = {
  [N in NotificationName]: { notification: N; data: NotificationData<N> }
}[NotificationName]

/** True for the name of a notification that `notifications` lists. */
export function isNotificationName(name: string): name is NotificationName {
  return Object.hasOwn(notifications, name)
}
