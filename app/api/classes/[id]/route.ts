import { handle } from '../../../_server/core/handle.ts'
import { readClass } from '../../../_server/classes/read-class.ts'

export const GET = handle('class', 'anyone', readClass)
