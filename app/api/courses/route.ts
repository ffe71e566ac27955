import { handle } from '../../_server/core/handle.ts'
import { listCourses } from '../../_server/courses/list-courses.ts'
import { createCourse } from '../../_server/courses/create-course.ts'

export const GET = handle('listCourses', 'account', listCourses)
export const POST = handle('createCourse', 'account', createCourse)
