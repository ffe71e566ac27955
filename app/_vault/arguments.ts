/**
 * What a page may hand to each verb, parsed before anything is done with it. A page is the account's own, but its code is
 * not the vault's: what does not parse is refused.
 */
import * as z from 'zod'
import { classRole } from '../_wire/roles.ts'
import { courseRole } from '../_wire/roles.ts'
import { courseSettings } from '../_wire/settings.ts'
import { resultTextSchema } from './results/content.ts'
import { ownReadingSchema } from './student/content.ts'
import { supportArguments } from './support/arguments.ts'
import type { VerbArgs, VerbName } from './verbs.ts'

const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const time = z.number().min(0)
const text = z.string().max(2_000)
const bytes = z.instanceof(Uint8Array)
const nothing = z.object({})

export const verbArguments: { readonly [V in VerbName]: z.ZodType<VerbArgs<V>> } = {
  status: nothing,
  signUp: z.object({
    name: text,
    email: text,
    password: text,
    invite: text.optional(),
    setUpCode: text.optional(),
  }),
  signIn: z.object({ email: text, password: text }),
  signInWithRecovery: z.object({ email: text, recoveryCode: text, newPassword: text }),
  unlock: z.object({ password: text }),
  changePassword: z.object({ currentPassword: text, newPassword: text }),
  signOut: nothing,
  renewKeys: z.object({ password: text }),
  reloadKeys: nothing,
  newRecoveryCode: z.object({ password: text }),
  confirmRecoveryCode: z.object({ recoveryCode: text }),
  resetAccount: z.object({ email: text, code: text, newPassword: text }),

  createCourse: z.object({ name: text }),
  inviteLink: z.object({ courseId: id, origin: text }),
  joinCourse: z.object({ token: text, fragment: text }),
  setRole: z.object({ courseId: id, accountId: id, role: courseRole, confirmedName: text }),
  removePerson: z.object({ courseId: id, accountId: id }),
  saveSettings: z.object({ courseId: id, settings: courseSettings }),
  confirmKeys: z.object({ courseId: id }),
  keysToConfirm: z.object({ courseId: id }),

  prepareClass: z.object({ classId: id }),
  enterClass: z.object({ classId: id, memberId: id, role: classRole, clockOffset: z.number() }),
  answerConsent: z.object({
    classId: id,
    allow: z.boolean(),
    textId: text,
    text: z.string().max(100_000),
    language: text,
    givenBy: z.enum(['self', 'guardian']),
    giverName: z.string().max(100),
    statedAge: z.int().min(0).max(25),
  }),
  syncClock: z.object({ classId: id, clockOffset: z.number() }),
  record: z.object({
    classId: id,
    interval: z.int().min(0),
    reading: ownReadingSchema.nullable(),
  }),
  channelState: z.object({ classId: id, open: z.boolean() }),
  takeReceipt: z.object({ classId: id, box: text }),
  takeRecord: z.object({ classId: id, message: bytes }),
  setPresence: z.object({
    classId: id,
    members: z.array(z.object({ memberId: id, accountId: id, role: classRole })).max(5_000),
  }),
  setWriter: z.object({ classId: id, memberId: id.nullable() }),
  takeChunk: z.object({ classId: id, writer: text, number: z.int().min(0) }),
  leaveClass: z.object({ classId: id, ended: z.boolean() }),

  courseTotals: z.object({
    courseId: id,
    last: z.int().min(1).optional(),
    before: time.optional(),
  }),
  courseReadings: z.object({
    courseId: id,
    last: z.int().min(1).optional(),
    before: time.optional(),
  }),
  myReadings: z.object({ courseId: id.optional() }),
  eraseReadings: z.object({ courseId: id }),
  historyKeys: z.object({ courseId: id }),
  handOver: z.object({ courseId: id, accountId: id, confirmedName: text }),
  startAfresh: z.object({ courseId: id }),
  ...supportArguments,

  resultRecipients: z.object({ courseId: id.nullable() }),
  submitResult: z.object({
    courseId: id.nullable(),
    recipients: z.array(z.object({ accountId: id, fingerprint: text })).max(50),
    content: resultTextSchema.extend({ picture: bytes }),
  }),
  ownFingerprint: nothing,
  openResult: z.object({ id }),
}
