import { handle } from '../../../../_server/core/handle.ts'
import { renewInvite } from '../../../../_server/courses/invites.ts'

export const POST = handle('renewInvite', 'account', renewInvite)
