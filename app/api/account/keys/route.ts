import { handle } from '../../../_server/core/handle.ts'
import { readKeys } from '../../../_server/accounts/read-keys.ts'
import { renewKeys } from '../../../_server/accounts/renew-keys.ts'

export const GET = handle('accountKeys', 'account', readKeys)
export const PUT = handle('renewKeys', 'account', renewKeys)
