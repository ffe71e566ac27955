import { handle } from '../../_server/core/handle.ts'
import { testConnection } from '../../_server/classes/test-connection.ts'

export const POST = handle('connectionTest', 'account', testConnection)
