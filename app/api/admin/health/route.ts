import { handle } from '../../../_server/core/handle.ts'
import { readHealthDetails } from '../../../_server/school/health-details.ts'

export const GET = handle('healthDetails', 'school-admin', readHealthDetails)
