import { handle } from '../../_server/core/handle.ts'
import { signOut } from '../../_server/accounts/sign-out.ts'

export const POST = handle('signOut', 'anyone', signOut)
