import { handle } from '../../../_server/core/handle.ts'
import { readCourse } from '../../../_server/courses/read-course.ts'

export const GET = handle('course', 'account', readCourse)
