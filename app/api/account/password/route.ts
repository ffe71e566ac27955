import { handle } from '../../../_server/core/handle.ts'
import { changePassword } from '../../../_server/accounts/change-password.ts'

export const PUT = handle('changePassword', 'account', changePassword)
