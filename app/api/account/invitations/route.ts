import { readCourseInvitations } from '../../../_server/accounts/read-course-invitations.ts'
import { handle } from '../../../_server/core/handle.ts'

export const GET = handle('courseInvitations', 'account', readCourseInvitations)
