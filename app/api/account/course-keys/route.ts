import { handle } from '../../../_server/core/handle.ts'
import { heldKeys } from '../../../_server/accounts/held-keys.ts'

export const GET = handle('heldKeys', 'account', heldKeys)
