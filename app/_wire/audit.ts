/**
 * The audit trail as it travels: every kind of event with the detail that it may carry. A detail says
 * how, in settings' own words and small numbers; it must never hold a reading, a text that a person
 * wrote, a name, or anything that tells one of these. A new kind is a line here and its sentence in
 * `app/_messages/en/audit.json`.
 */
import * as z from 'zod'
import { ageGroup } from './age.ts'
import { accountId, courseId, nothing, timestamp } from './primitives.ts'
import { readingsMode } from './settings.ts'
import { supportAuditDetails } from './support-audit.ts'

const courseRole = z.enum(['student', 'teacher', 'course-admin'])

/** Detail by kind. `subjectId` of an event is the person whom it concerns, who can see it. */
export const auditDetails = {
  'account-created': nothing,
  'password-changed': nothing,
  'recovery-changed': nothing,
  'keys-renewed': nothing,
  'session-ended': nothing,
  'reset-issued': nothing,
  'account-reset': nothing,
  'consents-viewed': nothing,
  'person-changed': z.strictObject({
    schoolAdmin: z.boolean(),
    mayTeach: z.boolean(),
    suspended: z.boolean(),
  }),
  'age-group-set': z.strictObject({ ageGroup }),
  'policy-changed': z.strictObject({ expressionAnalysis: z.enum(['off', 'on']) }),
  'retention-changed': z.strictObject({
    readingsMaxDays: z.int(),
    auditDays: z.int(),
    invitationDays: z.int(),
  }),
  'person-invited': z.strictObject({ mayTeach: z.boolean() }),
  'invitation-revoked': nothing,
  'people-imported': z.strictObject({ invited: z.int(), changed: z.int() }),
  'course-invited': nothing,
  'person-exported': nothing,
  'person-erased': nothing,
  /** A course admin was handed the sealed readings of a class; one event a student. */
  'history-opened': z.strictObject({ classStartedAt: z.int() }),
  'course-created': nothing,
  'course-joined': nothing,
  'settings-saved': z.strictObject({ readings: readingsMode }),
  'role-changed': z.strictObject({ role: courseRole }),
  'person-removed': nothing,
  'generation-added': nothing,
  'invite-renewed': nothing,
  'readings-erased': nothing,
  'history-handed-over': nothing,
  ...supportAuditDetails,
  'analysis-used': nothing,
  'result-submitted': nothing,
  'result-withdrawn': nothing,
  'result-opened': nothing,
} as const satisfies Record<string, z.ZodType<Record<string, string | number | boolean>>>

export type AuditKind = keyof typeof auditDetails
export const AUDIT_KINDS = Object.keys(auditDetails) as AuditKind[]
export const auditKind = z.enum(AUDIT_KINDS)
export type AuditDetail<K extends AuditKind> = z.input<(typeof auditDetails)[K]>

/** An event as a page shows it. Who did it and whom it concerns are null when the account is gone. */
export const auditEntry = z.object({
  id: z.string(),
  at: timestamp,
  kind: auditKind,
  actor: z.object({ id: accountId, name: z.string() }).nullable(),
  subject: z.object({ id: accountId, name: z.string() }).nullable(),
  course: z.object({ id: courseId, name: z.string() }).nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})
export type AuditEntry = z.infer<typeof auditEntry>

/** Newest first; `next` asks for the following page by `?before=`. */
export const auditAnswer = z.object({
  events: z.array(auditEntry),
  next: z.string().nullable(),
})

export const auditRoutes = {
  /** What happened to the caller: who changed a right, who opened something of theirs. */
  ownAudit: { method: 'GET', path: '/api/account/audit', body: null, answer: auditAnswer },
} as const
