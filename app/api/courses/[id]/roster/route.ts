import { handle } from '../../../../_server/core/handle.ts'
import { readRoster } from '../../../../_server/courses/read-roster.ts'

export const GET = handle('roster', 'account', readRoster)
