/** The words for the roles of a course, in the order in which a list offers them. */
import type { CourseRole } from '../../../_wire/roles.ts'

export const ROLES: readonly CourseRole[] = ['student', 'teacher', 'course-admin']

/** Keys of the texts in common.json. */
export const ROLE_NAMES = {
  student: 'roleStudent',
  teacher: 'roleTeacher',
  'course-admin': 'roleCourseAdmin',
} as const satisfies Record<CourseRole, string>
