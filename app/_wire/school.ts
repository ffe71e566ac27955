/** The school's policy, its people and the server's health, as they travel. */
import * as z from 'zod'
import { COUNTRIES } from './countries.ts'
import { accountId, timestamp } from './primitives.ts'
import { minimumGroup } from './settings.ts'

export const country = z.string().refine((code) => COUNTRIES.includes(code))

export const policyFields = z.strictObject({
  expressionAnalysis: z.enum(['off', 'on']),
  country: country.nullable(),
  /** Medical or safety reason; asked for in the EU and the EEA. */
  reason: z.string().trim().max(2000),
  openSignUp: z.boolean(),
  minimumGroupFloor: minimumGroup,
  /** Below this age a guardian answers the consent; 0: never. */
  guardianAge: z.int().min(0).max(25),
})
export type PolicyFields = z.infer<typeof policyFields>

export const policyBody = policyFields.extend({
  /** The box *I confirm that this use is lawful here*; needed to turn expression analysis on. */
  lawfulConfirmed: z.boolean(),
})

export const policyAnswer = z.object({
  policy: policyFields,
  /** Every change, newest first: who, when, what then held. */
  log: z.array(
    z
      .object({ at: timestamp, accountId, name: z.string(), lawfulConfirmed: z.boolean() })
      .extend(policyFields.shape),
  ),
})

export const healthAnswer = z.object({
  status: z.enum(['ok', 'failing']),
  /** Parts that do not answer; absent when all do. */
  failing: z.array(z.enum(['database', 'sfu'])).optional(),
})
