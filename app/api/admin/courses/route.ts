import { handle } from '../../../_server/core/handle.ts'
import { listDeskCourses } from '../../../_server/school/desk-courses.ts'

export const GET = handle('deskCourses', 'account', listDeskCourses)
