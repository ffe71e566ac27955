/**
 * Results of `/analyze` that a person submits for review: sealed to admins, opaque to web. Web knows who
 * sent something to whom and when; it must never be told an emotion, a picture's size or a file's name.
 */
import * as z from 'zod'
import { publicKeys } from './accounts.ts'
import { keyChanges } from './courses.ts'
import {
  accountId,
  b64uUpTo,
  courseId,
  displayName,
  nothing,
  publicKey,
  sealedKey,
  timestamp,
} from './primitives.ts'
import type { Route } from './routes.ts'

/** A result is deleted after so many days, or earlier where the school keeps readings for less. */
export const RESULT_DAYS = 90

/** The largest sealed result, in bytes. Every result is padded to whole {@link RESULT_STEP}s. */
export const RESULT_BYTES = 1_048_576
export const RESULT_STEP = 131_072

/** What one person may have out for review at a time. */
export const RESULTS_AT_ONCE = 50

const resultId = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

export const recipientsAnswer = z.object({
  recipients: z.array(
    z.object({
      accountId,
      name: displayName,
      publicKeys: z.object({ box: publicKey, sign: publicKey }),
      keyChanges,
    }),
  ),
})

export const submitBody = z.strictObject({
  id: resultId,
  /** Null: for the admins of the school. */
  courseId: courseId.nullable(),
  /** The content key, sealed to each recipient. */
  keys: z
    .array(z.strictObject({ accountId, key: sealedKey }))
    .min(1)
    .max(50),
  box: b64uUpTo(RESULT_BYTES + 64),
})

export const ownResultsAnswer = z.object({
  results: z.array(
    z.object({
      id: resultId,
      sentAt: timestamp,
      expiresAt: timestamp,
      course: z.string().nullable(),
      recipients: z.array(z.string()),
      /** When an admin first opened it. */
      openedAt: timestamp.nullable(),
    }),
  ),
})

export const RESULT_SORTS = ['sentAt', 'sender', 'course'] as const

export const submittedAnswer = z.object({
  results: z.array(
    z.object({
      id: resultId,
      sentAt: timestamp,
      expiresAt: timestamp,
      sender: z.object({ id: accountId, name: z.string() }),
      course: z.string().nullable(),
      opened: z.boolean(),
    }),
  ),
  total: z.int(),
  next: z.string().nullable(),
})

export const sealedResultAnswer = z.object({
  id: resultId,
  sentAt: timestamp,
  sender: z.object({ id: accountId, name: z.string(), publicKeys, keyChanges }),
  key: sealedKey,
  box: b64uUpTo(RESULT_BYTES + 64),
})

export const resultRoutes = {
  /** Says that the analysis is about to be used, never on what; refused where the school does not allow it. */
  useAnalysis: { method: 'POST', path: '/api/analyze', body: nothing, answer: nothing },
  resultRecipients: {
    method: 'GET',
    path: '/api/result-recipients',
    body: null,
    answer: recipientsAnswer,
  },
  ownResults: { method: 'GET', path: '/api/results', body: null, answer: ownResultsAnswer },
  submitResult: {
    method: 'POST',
    path: '/api/results',
    body: submitBody,
    answer: nothing,
    bodyLimit: 2 * 1024 * 1024,
  },
  withdrawResult: { method: 'DELETE', path: '/api/results/:id', body: nothing, answer: nothing },
  submittedResults: {
    method: 'GET',
    path: '/api/admin/results',
    body: null,
    answer: submittedAnswer,
  },
  /** Opens one; audited, and seen by its sender. */
  openResult: {
    method: 'POST',
    path: '/api/admin/results/:id',
    body: nothing,
    answer: sealedResultAnswer,
  },
} as const satisfies Record<string, Route>
