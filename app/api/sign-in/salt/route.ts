import { handle } from '../../../_server/core/handle.ts'
import { signInSalt } from '../../../_server/accounts/sign-in-salt.ts'

export const POST = handle('signInSalt', 'anyone', signInSalt)
