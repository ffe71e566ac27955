import { handle } from '../../_server/core/handle.ts'
import { signUp } from '../../_server/accounts/sign-up.ts'

export const POST = handle('signUp', 'anyone', signUp)
