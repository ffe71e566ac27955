import { handle } from '../../../../_server/core/handle.ts'
import { readDeskCourse } from '../../../../_server/school/desk-courses.ts'

export const GET = handle('deskCourse', 'account', readDeskCourse)
