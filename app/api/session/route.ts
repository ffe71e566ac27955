import { handle } from '../../_server/core/handle.ts'
import { readSession } from '../../_server/accounts/read-session.ts'

export const GET = handle('session', 'anyone', readSession)
