import { handle } from '../../../../_server/core/handle.ts'
import { readCourseNotices } from '../../../../_server/support/read-course-notices.ts'
import { saveSupportRule } from '../../../../_server/support/save-rule.ts'

export const GET = handle('courseNotices', 'account', readCourseNotices)
export const PUT = handle('saveSupportRule', 'account', saveSupportRule)
