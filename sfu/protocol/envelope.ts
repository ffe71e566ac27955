/**
 * The frame around every signalling message, and how a received text becomes a typed one. Reading
 * never throws: a text that makes no sense is a value that says so.
 */
import * as z from 'zod'
import { errorBodySchema } from './errors.ts'
import {
  isNotificationName,
  type Notification,
  type NotificationName,
  notifications,
} from './notifications.ts'

/** A request's id: chosen by the browser, given back in the answer. */
export const requestIdSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

/** `data` is parsed by the method's own schema afterwards. */
export const requestEnvelopeSchema = z.object({
  id: requestIdSchema,
  method: z.string().min(1).max(64),
  data: z.unknown(),
})
export type RequestEnvelope = z.infer<typeof requestEnvelopeSchema>

/** `data` of a good answer is parsed by the response schema of the method that was asked. */
export const responseEnvelopeSchema = z.discriminatedUnion('ok', [
  z.object({ id: requestIdSchema, ok: z.literal(true), data: z.unknown() }),
  z.object({ id: requestIdSchema, ok: z.literal(false), error: errorBodySchema }),
])
export type ResponseEnvelope = z.infer<typeof responseEnvelopeSchema>

const notificationEnvelopeSchema = z.object({
  notification: z.string().min(1).max(64),
  data: z.unknown(),
})

/** What a browser can receive. `unknown` covers notifications newer than this code. */
export type ServerMessage =
  | { type: 'response'; response: ResponseEnvelope }
  | { type: 'notification'; notification: Notification }
  | { type: 'unknown' }

/**
 * Reads a text that came from the media server.
 *
 * @param text one WebSocket message
 */
export function readServerMessage(text: string): ServerMessage {
  const value = parseJson(text)
  const response = responseEnvelopeSchema.safeParse(value)
  if (response.success) return { type: 'response', response: response.data }
  const envelope = notificationEnvelopeSchema.safeParse(value)
  if (!envelope.success || !isNotificationName(envelope.data.notification))
    return { type: 'unknown' }
  const notification = readNotification(envelope.data.notification, envelope.data.data)
  return notification === null ? { type: 'unknown' } : { type: 'notification', notification }
}

/** A request's frame, or the id to refuse it under: its own where it has one, else 0. */
export type ReadRequest = { ok: true; request: RequestEnvelope } | { ok: false; id: number }

/**
 * Reads a text as a request's frame.
 *
 * @param text one WebSocket message
 */
export function readRequest(text: string): ReadRequest {
  const value = parseJson(text)
  const envelope = requestEnvelopeSchema.safeParse(value)
  if (envelope.success) return { ok: true, request: envelope.data }
  const identified = z.object({ id: requestIdSchema }).safeParse(value)
  return { ok: false, id: identified.success ? identified.data.id : 0 }
}

function readNotification(name: NotificationName, data: unknown): Notification | null {
  const parsed = notifications[name].safeParse(data)
  // The name and the schema come from the same entry, which the compiler cannot follow.
  return parsed.success ? ({ notification: name, data: parsed.data } as Notification) : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
