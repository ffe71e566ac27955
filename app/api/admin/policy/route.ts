import { handle } from '../../../_server/core/handle.ts'
import { readPolicy } from '../../../_server/school/read-policy.ts'
import { savePolicy } from '../../../_server/school/save-policy.ts'

export const GET = handle('policy', 'school-admin', readPolicy)
export const PUT = handle('savePolicy', 'school-admin', savePolicy)
