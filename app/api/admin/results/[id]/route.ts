import { handle } from '../../../../_server/core/handle.ts'
import { openResult } from '../../../../_server/results/submitted-results.ts'

export const POST = handle('openResult', 'account', openResult)
