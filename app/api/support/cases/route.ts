import { handle } from '../../../_server/core/handle.ts'
import { listCases } from '../../../_server/support/list-cases.ts'
import { openCase } from '../../../_server/support/open-case.ts'

export const GET = handle('listCases', 'account', listCases)
export const POST = handle('openCase', 'account', openCase)
