import { handle } from '../../../../_server/core/handle.ts'
import { revokeInvitation } from '../../../../_server/school/revoke-invitation.ts'

export const DELETE = handle('revokeInvitation', 'school-admin', revokeInvitation)
