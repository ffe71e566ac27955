import { handle } from '../../../../../_server/core/handle.ts'
import { withdrawCase } from '../../../../../_server/support/withdraw-case.ts'

export const POST = handle('withdrawCase', 'account', withdrawCase)
