import { handle } from '../../_server/core/handle.ts'
import { useAnalysis } from '../../_server/results/use-analysis.ts'

export const POST = handle('useAnalysis', 'account', useAnalysis)
