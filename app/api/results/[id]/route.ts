import { handle } from '../../../_server/core/handle.ts'
import { withdrawResult } from '../../../_server/results/own-results.ts'

export const DELETE = handle('withdrawResult', 'account', withdrawResult)
