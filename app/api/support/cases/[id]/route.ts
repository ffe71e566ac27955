import { handle } from '../../../../_server/core/handle.ts'
import { readCase } from '../../../../_server/support/read-case.ts'

export const GET = handle('case', 'account', readCase)
