/** Events of support in the audit trail; part of the list of `audit.ts`. None tells what was said, or of a flag. */
import * as z from 'zod'
import { nothing } from './primitives.ts'

export const supportAuditDetails = {
  'case-created': nothing,
  /** Somebody opened what a student had shared. */
  'case-opened': nothing,
  'case-state-changed': z.strictObject({ state: z.enum(['seen', 'in-contact', 'closed']) }),
  'case-withdrawn': nothing,
  'case-helper-suggested': nothing,
  'case-helper-added': nothing,
  'staff-changed': z.strictObject({ trusted: z.boolean() }),
  'directory-saved': z.strictObject({ entries: z.int() }),
  'support-rule-saved': z.strictObject({
    count: z.int(),
    classesLookedAt: z.int(),
    classesBefore: z.int(),
  }),
} as const
