import { handle } from '../../../../_server/core/handle.ts'
import { listHistory } from '../../../../_server/history/list-history.ts'

export const GET = handle('courseHistory', 'account', listHistory)
