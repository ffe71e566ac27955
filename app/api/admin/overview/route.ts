import { handle } from '../../../_server/core/handle.ts'
import { readOverview } from '../../../_server/school/overview.ts'

export const GET = handle('overview', 'school-admin', readOverview)
