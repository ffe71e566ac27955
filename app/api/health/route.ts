import { handle } from '../../_server/core/handle.ts'
import { readHealth } from '../../_server/school/read-health.ts'

export const GET = handle('health', 'public', readHealth)
