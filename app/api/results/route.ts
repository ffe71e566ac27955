import { handle } from '../../_server/core/handle.ts'
import { ownResults } from '../../_server/results/own-results.ts'
import { submitResult } from '../../_server/results/submit-result.ts'

export const GET = handle('ownResults', 'account', ownResults)
export const POST = handle('submitResult', 'account', submitResult)
