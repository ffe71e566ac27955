import { handle } from '../../../_server/core/handle.ts'
import { submittedResults } from '../../../_server/results/submitted-results.ts'

export const GET = handle('submittedResults', 'account', submittedResults)
