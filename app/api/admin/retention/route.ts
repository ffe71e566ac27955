import { handle } from '../../../_server/core/handle.ts'
import { readRetention, saveRetention } from '../../../_server/school/retention.ts'

export const GET = handle('retention', 'school-admin', readRetention)
export const PUT = handle('saveRetention', 'school-admin', saveRetention)
