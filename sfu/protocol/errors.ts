/**
 * Every error that signalling can answer: a stable code, and the sentence that a person may be
 * shown. Codes never change their meaning; a sentence says nothing about anybody else in the class.
 */
import * as z from 'zod'

export const signalingErrors = {
  'malformed-message': 'The message could not be read.',
  'unknown-method': 'The media server does not know this request.',
  'invalid-data': 'The request is missing something or holds a value that is not allowed.',
  'not-joined': 'Join the class first.',
  'already-joined': 'This connection has already joined a class.',
  'ticket-invalid': 'The ticket for this class is not valid. Try to join again.',
  'ticket-expired': 'The ticket for this class has expired. Try to join again.',
  'ticket-used': 'The ticket for this class has been used already. Try to join again.',
  'ticket-mismatch': 'The ticket is for someone or something else. Leave the class and join again.',
  'ticket-revoked': 'You no longer have access to this class.',
  'class-ended': 'This class has ended.',
  'class-full': 'This class is full.',
  'too-many-devices': 'You are in this class on too many devices or tabs. Close one and try again.',
  'resume-unknown': 'The connection was lost for too long. Join the class again.',
  'not-allowed': 'Your role in this class does not allow that.',
  'rate-limited': 'That was too much at once. Wait a moment and try again.',
  'media-unavailable': 'The media server is restarting this class. It will be back in a moment.',
  'media-refused': 'The media server could not use the media settings of this browser.',
  'transport-unknown': 'This media connection does not exist any more.',
  'transport-direction': 'This media connection runs the other way.',
  'transport-connected': 'This media connection is connected already.',
  'transport-limit': 'There are too many media connections.',
  'capabilities-missing': 'The browser has not said which media formats it can play.',
  'capabilities-set': 'The browser has said already which media formats it can play.',
  'producer-unknown': 'This camera, microphone or screen is not being sent any more.',
  'producer-kind': 'This source cannot be sent as that kind of media.',
  'source-taken': 'This source is being sent already.',
  'consumer-unknown': 'This picture or sound is not being received any more.',
  'consumer-exists': 'This picture or sound is being received already.',
  'consumer-limit': 'There are too many pictures and sounds at once.',
  'cannot-consume': 'This browser cannot play that picture or sound.',
  'record-channel-exists': 'The channel for readings is open already.',
  'record-channel-barred': 'The channel for readings was closed because it was misused.',
  'record-size': 'A reading of the wrong size was sent.',
  'record-rate': 'Far too many readings were sent.',
  'not-the-writer': 'Another teacher is keeping the readings of this class.',
  'member-unknown': 'This person has left the class.',
  'class-locked': 'The teacher has locked this class: nobody new can enter. Ask the teacher.',
  'removed-from-class':
    'A teacher removed you from this class. Only a teacher can let you back in.',
  'too-many-waiting': 'Too many people are waiting for this class. Try again in a moment.',
  'not-waiting': 'This person is not waiting any more.',
  'not-removed': 'This person was let back in already.',
  'teacher-protected': 'That cannot be done to a teacher.',
  'unmute-forbidden': 'The teacher has muted the class. You can unmute when you are asked.',
  'video-forbidden': 'The teacher has turned off video for students.',
  'screen-forbidden': 'The teacher has turned off screen sharing for students.',
  'chat-forbidden': 'The teacher has turned off messages to everyone.',
  'chat-too-long': 'This message is too long. Shorten it, or send it in parts.',
  'chat-empty': 'There is nothing in this message that can be sent.',
  'chat-message-unknown': 'This message is not there any more.',
  'chat-private': 'A private message can only be answered privately.',
  'chat-reactions-full': 'There are too many reactions in this class’s chat.',
  internal: 'Something went wrong in the media server. Try again.',
} as const satisfies Record<string, string>

export type SignalingErrorCode = keyof typeof signalingErrors

const codes = Object.keys(signalingErrors) as [SignalingErrorCode, ...SignalingErrorCode[]]

export const signalingErrorCodeSchema = z.enum(codes)

/** The error of a response: `message` is the sentence that belongs to the code. */
export const errorBodySchema = z.object({
  code: signalingErrorCodeSchema,
  message: z.string().max(1_000),
})
export type ErrorBody = z.infer<typeof errorBodySchema>

/** A refusal with a stable code, thrown by handlers and given back by a signalling client. */
export class SignalingError extends Error {
  readonly code: SignalingErrorCode

  constructor(code: SignalingErrorCode, options?: ErrorOptions) {
    super(signalingErrors[code], options)
    this.name = 'SignalingError'
    this.code = code
  }
}

/** WebSocket close codes that signalling uses beside the standard ones. */
export const closeCodes = {
  /** No valid `join` or `resume` came in time, or it was refused. */
  notJoined: 4000,
  /** Messages went on over the limit, or most of them were malformed. */
  abuse: 4001,
  /** The browser did not read what it was sent. */
  slowReader: 4002,
  /** The membership was ended by the school, a teacher, or `leave`. */
  membershipEnded: 4003,
  /** The class ended. */
  classEnded: 4004,
  /** The same membership was resumed on a newer connection. */
  replaced: 4005,
} as const
export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes]
