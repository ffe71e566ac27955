import { handle } from '../../../_server/core/handle.ts'
import { ownSessions, endOtherSessions } from '../../../_server/accounts/own-sessions.ts'

export const GET = handle('ownSessions', 'account', ownSessions)
export const DELETE = handle('endOtherSessions', 'account', endOtherSessions)
