/**
 * Cases, the directory and the assistant, as they travel. The server sees who and when; what a person
 * writes to another is a sealed box here, of a size that tells little.
 */
import * as z from 'zod'
import { keyChanges } from './courses.ts'
import {
  accountId,
  b64uUpTo,
  courseId,
  nothing,
  publicKey,
  sealedKey,
  timestamp,
} from './primitives.ts'

export const CASE_STATES = ['new', 'seen', 'in-contact', 'closed', 'withdrawn'] as const
export const caseState = z.enum(CASE_STATES)
export type CaseState = z.infer<typeof caseState>
/** States that a helper sets; `seen` comes with the first opening, `withdrawn` is the student's. */
export const helperState = z.enum(['seen', 'in-contact', 'closed'])

const named = z.object({ id: accountId, name: z.string() })
const keys = z.object({ box: publicKey, sign: publicKey })

/** How someone comes to be offered as a helper. */
export const helperStanding = z.enum(['teacher', 'course-admin', 'staff'])

/** What this school offers the caller. */
export const supportAnswer = z.object({
  /** An assistant's endpoint is configured. */
  assistant: z.boolean(),
  /** Trusted staff of the school; teachers and admins of the caller's courses. */
  helpers: z.array(
    z.object({
      id: accountId,
      name: z.string(),
      standing: helperStanding,
      /** Null for staff of the whole school. */
      course: z.object({ id: courseId, name: z.string() }).nullable(),
      publicKeys: keys,
    }),
  ),
})
export type HelperOffer = z.infer<typeof supportAnswer>['helpers'][number]

export const caseHead = z.object({
  id: accountId,
  /** Of the caller in this case. */
  role: z.enum(['student', 'helper']),
  student: named,
  helpers: z.array(named),
  course: z.object({ id: courseId, name: z.string() }).nullable(),
  suggested: named.nullable(),
  state: caseState,
  /** How many were written, so that an open page knows of new ones without opening the case again. */
  messages: z.int(),
  createdAt: timestamp,
  changedAt: timestamp,
})
export type CaseHead = z.infer<typeof caseHead>
export const casesAnswer = z.object({ cases: z.array(caseHead) })

/** A message with its padding and signature. */
const messageBox = b64uUpTo(20 * 1024)
/** What is attached has one size, whatever the student chose; see `app/_vault/format/case.ts`. */
export const ATTACHMENT_BYTES = 48 * 1024
const attachmentBox = b64uUpTo(ATTACHMENT_BYTES + 256)
const sharedWith = z.strictObject({ accountId, key: sealedKey, share: b64uUpTo(1024) })

/** The browser makes the case's id, since what it seals and signs names it. */
export const openCaseBody = z.strictObject({
  id: accountId,
  courseId: courseId.nullable(),
  studentKey: sealedKey,
  helpers: z.array(sharedWith).min(1).max(10),
  message: messageBox,
  attachment: attachmentBox,
})

export type OpenCaseBody = z.infer<typeof openCaseBody>

export const caseAnswer = caseHead.extend({
  /** The content key, sealed to the caller; null once withdrawn. */
  key: sealedKey.nullable(),
  people: z.array(named.extend({ publicKeys: keys, keyChanges, share: b64uUpTo(1024).nullable() })),
  entries: z.array(
    z.object({
      id: z.string(),
      authorId: accountId,
      kind: z.enum(['message', 'attachment']),
      box: attachmentBox,
      at: timestamp,
    }),
  ),
  /** Helpers only. */
  notes: z.array(
    z.object({
      id: z.string(),
      authorId: accountId,
      box: messageBox,
      key: sealedKey.nullable(),
      at: timestamp,
    }),
  ),
  /** Who opened it and when, oldest first. */
  openings: z.array(z.object({ by: named.nullable(), at: timestamp })),
})
export type CaseAnswer = z.infer<typeof caseAnswer>

export const noteBody = z.strictObject({
  box: messageBox,
  keys: z
    .array(z.strictObject({ accountId, key: sealedKey }))
    .min(1)
    .max(11),
})

export const adminCasesAnswer = z.object({
  cases: z.array(caseHead.omit({ role: true })),
  staff: z.array(named),
})

export const staffBody = z.strictObject({ accountId, trusted: z.boolean() })

/** Somebody to turn to outside the classroom. */
export const directoryEntry = z.strictObject({
  name: z.string().trim().min(1).max(120),
  kind: z.enum(['help-line', 'therapist', 'psychologist', 'counsellor', 'doctor', 'other']),
  /** Two letters; empty: everywhere. */
  country: z.string().regex(/^(?:[A-Z]{2})?$/),
  /** BCP 47, in lower case. */
  languages: z.array(z.string().regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/)).max(20),
  topics: z.array(z.string().trim().min(1).max(40)).max(20),
  phone: z.string().trim().max(60),
  email: z.union([z.literal(''), z.email().max(254)]),
  /** An address of the web, shown as text and opened only by a click. */
  website: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(300)]),
  hours: z.string().trim().max(120),
  about: z.string().trim().max(600),
})
export type DirectoryEntry = z.infer<typeof directoryEntry>

const directoryEntries = z.array(directoryEntry).max(500)
export const directoryAnswer = z.object({ version: z.int().min(0), entries: directoryEntries })
export const directoryBody = z.strictObject({
  /** The version that was edited. */
  replaces: z.int().min(0),
  entries: directoryEntries,
})

export const chatBody = z.strictObject({
  /** The whole conversation so far, which nobody but the page keeps; the last one is the person's. */
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['person', 'assistant']),
        text: z.string().trim().min(1).max(8_000),
      }),
    )
    .min(1)
    .max(60)
    .refine((messages) => messages.at(-1)?.role === 'person'),
  /** Language of the page, for the help lines. */
  language: z.string().max(20),
})
export type ChatMessage = z.infer<typeof chatBody>['messages'][number]

/** One line of the answer, which is a stream of JSON lines. */
export const chatPiece = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** Words of a crisis: help by people instead of an answer by the machine. */
  z.object({ kind: z.literal('help-lines'), entries: directoryEntries }),
  z.object({ kind: z.literal('failed') }),
  z.object({ kind: z.literal('end') }),
])
export type ChatPiece = z.infer<typeof chatPiece>

export const supportRoutes = {
  support: { method: 'GET', path: '/api/support', body: null, answer: supportAnswer },
  listCases: { method: 'GET', path: '/api/support/cases', body: null, answer: casesAnswer },
  openCase: {
    method: 'POST',
    path: '/api/support/cases',
    body: openCaseBody,
    answer: nothing,
    bodyLimit: 128 * 1024,
  },
  case: { method: 'GET', path: '/api/support/cases/:id', body: null, answer: caseAnswer },
  addToCase: {
    method: 'POST',
    path: '/api/support/cases/:id/entries',
    body: z.strictObject({ box: messageBox }),
    answer: nothing,
  },
  addNote: {
    method: 'POST',
    path: '/api/support/cases/:id/notes',
    body: noteBody,
    answer: nothing,
  },
  setCaseState: {
    method: 'PUT',
    path: '/api/support/cases/:id/state',
    body: z.strictObject({ state: helperState }),
    answer: nothing,
  },
  withdrawCase: {
    method: 'POST',
    path: '/api/support/cases/:id/withdraw',
    body: nothing,
    answer: nothing,
  },
  /** The student takes in a suggested helper, or declines (null). */
  answerSuggestion: {
    method: 'POST',
    path: '/api/support/cases/:id/helpers',
    body: z.strictObject({ suggestedId: accountId, share: sharedWith.nullable() }),
    answer: nothing,
  },
  directory: { method: 'GET', path: '/api/support/directory', body: null, answer: directoryAnswer },
  /** The answer is a stream of {@link chatPiece} lines; this schema is for what is refused before it. */
  chat: {
    method: 'POST',
    path: '/api/support/chat',
    body: chatBody,
    answer: nothing,
    bodyLimit: 512 * 1024,
  },
  saveDirectory: {
    method: 'PUT',
    path: '/api/admin/directory',
    body: directoryBody,
    answer: z.object({ version: z.int().min(1) }),
    bodyLimit: 1024 * 1024,
  },
  adminCases: { method: 'GET', path: '/api/admin/cases', body: null, answer: adminCasesAnswer },
  suggestHelper: {
    method: 'PUT',
    path: '/api/support/cases/:id/suggestion',
    body: z.strictObject({ accountId: accountId.nullable() }),
    answer: nothing,
  },
  saveStaff: { method: 'PUT', path: '/api/admin/staff', body: staffBody, answer: nothing },
} as const
