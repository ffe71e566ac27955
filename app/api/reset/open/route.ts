import { handle } from '../../../_server/core/handle.ts'
import { openReset } from '../../../_server/accounts/open-reset.ts'

export const POST = handle('openReset', 'anyone', openReset)
