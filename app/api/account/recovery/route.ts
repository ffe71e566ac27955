import { handle } from '../../../_server/core/handle.ts'
import { changeRecovery } from '../../../_server/accounts/change-recovery.ts'

export const PUT = handle('changeRecovery', 'account', changeRecovery)
