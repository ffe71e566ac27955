/**
 * The policy form's values while they are being typed, and their check. The server checks the same
 * again; this one says beside which box something is missing.
 */
import { needsWrittenReason } from '../../_wire/countries.ts'
import { policyBody, policyFields, type PolicyFields } from '../../_wire/school.ts'
import type { z } from 'zod'

/** Numbers stay text until they are checked; no country is an empty string. What the form does not ask stays. */
export interface PolicyDraft {
  expressionAnalysis: boolean
  country: string
  lawfulConfirmed: boolean
  reason: string
  openSignUp: boolean
  minimumGroupFloor: string
  guardianAge: string
}

export type PolicyErrors = Partial<
  Record<'country' | 'lawfulConfirmed' | 'reason' | 'minimumGroupFloor' | 'guardianAge', true>
>

/** The form's first values. The confirmation is given anew for each change. */
export function draftOf(policy: PolicyFields): PolicyDraft {
  return {
    expressionAnalysis: policy.expressionAnalysis === 'on',
    country: policy.country ?? '',
    lawfulConfirmed: false,
    reason: policy.reason,
    openSignUp: policy.openSignUp,
    minimumGroupFloor: String(policy.minimumGroupFloor),
    guardianAge: String(policy.guardianAge),
  }
}

function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN
}

/** Whether the form asks for a written reason. */
export function asksForReason(draft: Pick<PolicyDraft, 'country'>): boolean {
  return needsWrittenReason(draft.country)
}

/** Checks a draft: what to send, or what is missing. */
export function checkPolicy(
  draft: PolicyDraft,
): { body: z.input<typeof policyBody>; errors?: never } | { body?: never; errors: PolicyErrors } {
  const floor = wholeNumber(draft.minimumGroupFloor)
  const errors: PolicyErrors = {}
  if (draft.expressionAnalysis) {
    if (draft.country === '') errors.country = true
    if (!draft.lawfulConfirmed) errors.lawfulConfirmed = true
    if (asksForReason(draft) && draft.reason.trim() === '') errors.reason = true
  }
  if (!policyFields.shape.minimumGroupFloor.safeParse(floor).success)
    errors.minimumGroupFloor = true
  const guardianAge = wholeNumber(draft.guardianAge)
  if (!policyFields.shape.guardianAge.safeParse(guardianAge).success) errors.guardianAge = true
  if (Object.keys(errors).length > 0) return { errors }
  return {
    body: {
      expressionAnalysis: draft.expressionAnalysis ? 'on' : 'off',
      country: draft.country === '' ? null : draft.country,
      lawfulConfirmed: draft.lawfulConfirmed,
      reason: asksForReason(draft) ? draft.reason.trim() : '',
      openSignUp: draft.openSignUp,
      minimumGroupFloor: floor,
      guardianAge,
    },
  }
}
