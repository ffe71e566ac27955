import { handle } from '../../../_server/core/handle.ts'
import { readInvite } from '../../../_server/courses/invites.ts'

export const GET = handle('invite', 'anyone', readInvite)
