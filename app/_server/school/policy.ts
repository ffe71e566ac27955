/** The school's policy as it holds now. Everything that depends on it asks here, every time. */
import type { PolicyFields } from '../../_wire/school.ts'
import type { Transaction } from '../core/database.ts'

/** A new school: no expression analysis, open sign-up. */
export const DEFAULT_POLICY: PolicyFields = {
  expressionAnalysis: 'off',
  country: null,
  reason: '',
  openSignUp: true,
  minimumGroupFloor: 2,
  guardianAge: 0,
}

export interface PolicyRow {
  readonly expressionAnalysis: boolean
  readonly country: string | null
  readonly reason: string
  readonly openSignUp: boolean
  readonly minimumGroupFloor: number
  readonly guardianAge: number
}

export function toPolicyFields(row: PolicyRow): PolicyFields {
  return {
    expressionAnalysis: row.expressionAnalysis ? 'on' : 'off',
    country: row.country,
    reason: row.reason,
    openSignUp: row.openSignUp,
    minimumGroupFloor: row.minimumGroupFloor,
    guardianAge: row.guardianAge,
  }
}

export async function currentPolicy(tx: Transaction): Promise<PolicyFields> {
  const row = await tx.policyChange.findFirst({ orderBy: { id: 'desc' } })
  return row === null ? DEFAULT_POLICY : toPolicyFields(row)
}
