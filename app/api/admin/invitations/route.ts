import { handle } from '../../../_server/core/handle.ts'
import { inviteToSchool } from '../../../_server/school/invite-to-school.ts'
import { listInvitations } from '../../../_server/school/list-invitations.ts'

export const GET = handle('invitations', 'school-admin', listInvitations)
export const POST = handle('inviteToSchool', 'school-admin', inviteToSchool)
