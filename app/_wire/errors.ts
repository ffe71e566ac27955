/**
 * The stable error codes of the HTTP interface, each with its status and the sentence that a person
 * sees. A sentence must never contain data of a person or a class.
 */
import * as z from 'zod'
import { supportErrors } from './support-errors.ts'

export const errorTable = {
  'bad-request': {
    status: 400,
    message: 'The request is not of a form that the server understands.',
  },
  'bad-json': { status: 400, message: 'The request does not carry JSON.' },
  'body-too-large': { status: 413, message: 'The request is too large.' },
  'not-same-origin': {
    status: 403,
    message: 'The request did not come from a page of this server.',
  },
  'not-signed-in': { status: 401, message: 'Please sign in first.' },
  'not-permitted': { status: 403, message: 'Your role does not allow this.' },
  'not-found': { status: 404, message: 'There is nothing here.' },
  'too-many-requests': { status: 429, message: 'That was too often. Please wait a little.' },
  'server-error': { status: 500, message: 'Something went wrong on the server. Please try again.' },
  'server-full': {
    status: 507,
    message:
      'The server has no room left. What you sent is kept on this device and sent again by itself.',
  },
  'server-busy': { status: 503, message: 'The server is busy. Please try again in a moment.' },

  'wrong-credentials': {
    status: 401,
    message: 'The address and the password do not fit together.',
  },
  'sign-in-delayed': {
    status: 429,
    message: 'Too many attempts for this address. Please wait and try again.',
  },
  'account-suspended': {
    status: 403,
    message: 'This account is suspended. Please ask the school.',
  },
  'email-taken': { status: 409, message: 'There is already an account with this address.' },
  'sign-up-closed': {
    status: 403,
    message: 'New accounts come by invitation only. Please ask for an invite link.',
  },
  'set-up-code-wrong': {
    status: 403,
    message: 'The set-up code is missing or wrong. The server printed it when it started.',
  },
  'key-change-wrong': {
    status: 400,
    message: 'The new keys are not signed by the present ones. Reload the page and try again.',
  },
  'own-class-running': {
    status: 409,
    message: 'A class of one of your courses is running. Please do this after it.',
  },
  'keys-not-renewable': {
    status: 409,
    message: 'The keys of this account have been renewed as often as can be kept.',
  },
  'reset-code-wrong': {
    status: 403,
    message: 'This reset code is not valid, or not any more. Please ask the school for a new one.',
  },
  'session-not-found': { status: 404, message: 'This session has ended already.' },
  'guardian-needed': {
    status: 403,
    message: 'A parent or guardian has to answer this for you.',
  },
  'account-not-found': { status: 404, message: 'There is no such person.' },
  'box-changed': { status: 409, message: 'This was changed on another device in the meantime.' },
  'too-many-boxes': { status: 409, message: 'No further box can be kept for this account.' },

  'may-not-teach': { status: 403, message: 'A school admin has to mark you as a teacher first.' },
  'course-not-found': { status: 404, message: 'There is no such course, or you are not enrolled.' },
  'course-exists': { status: 409, message: 'This course exists already.' },
  'invite-not-found': { status: 404, message: 'This invite link is not valid any more.' },
  'already-enrolled': { status: 409, message: 'You are enrolled in this course already.' },
  'not-enrolled': { status: 404, message: 'This person is not enrolled in the course.' },
  'enrolment-needed': { status: 409, message: 'This person has to join by the invite link first.' },
  'removed-from-course': { status: 403, message: 'You were removed from this course.' },
  'grant-needed': { status: 400, message: 'This role needs a signed grant.' },
  'last-teacher': { status: 409, message: 'A course keeps at least one teacher.' },
  'own-role': { status: 409, message: 'Your own role is for another teacher to change.' },
  'generation-needed': {
    status: 409,
    message: 'A teacher has to confirm new keys for the course before this can go on.',
  },
  'generation-outdated': {
    status: 409,
    message: 'The keys of the course were renewed in the meantime. Please load the page again.',
  },
  'not-a-teacher': { status: 409, message: 'This person is not a teacher of the course.' },
  'policy-forbids-expression': {
    status: 403,
    message: 'The policy of the school does not allow expression analysis.',
  },
  'minimum-group-too-low': {
    status: 400,
    message: 'The minimum group is below what the policy of the school asks for.',
  },
  'policy-not-confirmed': {
    status: 400,
    message: 'Expression analysis needs the country and the confirmation that it is lawful there.',
  },
  'policy-reason-needed': {
    status: 400,
    message:
      'In the European Union and the EEA expression analysis in education needs a written medical or safety reason.',
  },
  'invitation-not-found': {
    status: 404,
    message: 'This invitation is not valid any more. Please ask the school for a new link.',
  },
  'invitation-other-address': {
    status: 403,
    message: 'This invitation is for another address.',
  },
  'invitation-needed': {
    status: 403,
    message: 'The school has invited this address. Please use the link of the invitation.',
  },
  'email-not-configured': {
    status: 409,
    message: 'This server cannot send e-mail: hand the link over yourself.',
  },
  'import-unreadable': {
    status: 400,
    message: 'The file has no header with a column “email”, or more than 2,000 rows.',
  },
  'address-differs': {
    status: 400,
    message: 'The address that was typed is not this person’s.',
  },
  'own-account': { status: 409, message: 'Your own account is for another admin to erase.' },
  'still-last-teacher': {
    status: 409,
    message:
      'This person is the last teacher of a course. Without a teacher nobody can open its history any more.',
  },
  'result-not-found': {
    status: 404,
    message: 'This result was withdrawn, has had its time, or was not sent to you.',
  },
  'results-full': {
    status: 409,
    message: 'You have 50 results out for review. Withdraw some before you submit more.',
  },
  'result-exists': { status: 409, message: 'This result was submitted already.' },
  'recipients-changed': {
    status: 409,
    message:
      'The admins have changed in the meantime. Please look at the list again and submit anew.',
  },
  'last-school-admin': { status: 409, message: 'A school keeps at least one admin.' },

  'no-schedule': { status: 404, message: 'This course has no weekly class.' },

  'class-not-found': { status: 404, message: 'There is no such class, or you may not enter it.' },
  'class-ended': { status: 409, message: 'This class has ended.' },
  'guests-not-allowed': { status: 403, message: 'This course does not take guests.' },
  'guest-name-needed': { status: 400, message: 'Please give your name.' },
  'readings-off': { status: 409, message: 'Readings are off in this class.' },
  'key-not-accepted': { status: 409, message: 'This class cannot take a key now.' },
  'consent-outdated': {
    status: 409,
    message: 'The text of this consent is not the one that holds now. Please load the page again.',
  },
  'chunk-exists': { status: 409, message: 'Another chunk of this number is stored already.' },
  'chunk-person-unknown': {
    status: 400,
    message: 'The chunk has a part of a person who never was in the course.',
  },
  'content-key-missing': {
    status: 400,
    message: 'The chunk has a part whose content key was never stored.',
  },
  'content-key-changed': {
    status: 409,
    message: 'This writer has stored another content key for this person before.',
  },
  'parts-unequal': { status: 400, message: 'The parts of a chunk have to be of one size.' },
  'readings-expired': {
    status: 410,
    message: 'The readings of this class have had their time and were deleted.',
  },
  'erase-outdated': {
    status: 409,
    message: 'A class has begun in the meantime. Please erase once more, so that it is included.',
  },
  'late-records-full': {
    status: 409,
    message: 'No further late record of this class can be kept.',
  },
  ...supportErrors,
} as const satisfies Record<string, { status: number; message: string }>

export type ErrorCode = keyof typeof errorTable

/** What every refused request answers. `retryAfterSeconds` stands where waiting helps. */
export const errorAnswer = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    retryAfterSeconds: z.int().min(1).optional(),
    /** With `bad-request`: the field that was not understood, never its value. */
    at: z.string().optional(),
  }),
})
export type ErrorAnswer = z.infer<typeof errorAnswer>

/** True for a code that this version of the interface knows. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorTable, code)
}
