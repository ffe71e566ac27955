import { handle } from '../../_server/core/handle.ts'
import { resetAccount } from '../../_server/accounts/reset-account.ts'

export const POST = handle('resetAccount', 'anyone', resetAccount)
