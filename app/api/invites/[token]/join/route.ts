import { handle } from '../../../../_server/core/handle.ts'
import { joinCourse } from '../../../../_server/courses/join-course.ts'

export const POST = handle('joinCourse', 'account', joinCourse)
