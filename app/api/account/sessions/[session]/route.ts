import { handle } from '../../../../_server/core/handle.ts'
import { endSession } from '../../../../_server/accounts/own-sessions.ts'

export const DELETE = handle('endSession', 'account', endSession)
