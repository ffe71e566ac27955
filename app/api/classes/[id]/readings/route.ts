import { handle } from '../../../../_server/core/handle.ts'
import { readReadings } from '../../../../_server/classes/read-readings.ts'

export const GET = handle('readings', 'anyone', readReadings)
