import { handle } from '../../../_server/core/handle.ts'
import { readKeys } from '../../../_server/accounts/read-keys.ts'

export const GET = handle('accountKeys', 'account', readKeys)
