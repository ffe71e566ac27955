import { handle } from '../../_server/core/handle.ts'
import { signIn } from '../../_server/accounts/sign-in.ts'

export const POST = handle('signIn', 'anyone', signIn)
