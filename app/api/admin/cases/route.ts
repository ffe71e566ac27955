import { handle } from '../../../_server/core/handle.ts'
import { listAdminCases } from '../../../_server/support/admin-cases.ts'

export const GET = handle('adminCases', 'school-admin', listAdminCases)
