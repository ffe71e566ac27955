import { handle } from '../../../../../_server/core/handle.ts'
import { addToCase } from '../../../../../_server/support/add-to-case.ts'

export const POST = handle('addToCase', 'account', addToCase)
