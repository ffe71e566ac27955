import { handle } from '../../../_server/core/handle.ts'
import { readInvitation } from '../../../_server/school/read-invitation.ts'

export const GET = handle('invitation', 'public', readInvitation)
