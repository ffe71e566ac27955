import { handle } from '../../../_server/core/handle.ts'
import { readAudit } from '../../../_server/school/read-audit.ts'

export const GET = handle('audit', 'account', readAudit)
