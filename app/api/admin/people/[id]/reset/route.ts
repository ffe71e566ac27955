import { handle } from '../../../../../_server/core/handle.ts'
import { issueReset } from '../../../../../_server/accounts/reset-codes.ts'

export const POST = handle('issueReset', 'school-admin', issueReset)
