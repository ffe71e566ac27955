/**
 * The kinds of caller that the permission matrix tells apart, and the codes with which groups of routes refuse them.
 */

/** `admin` is the school's, enrolled in no course; `other-…` are so in another course; the teacher is last, since teachers end the class. */
export const ROLES = [
  'nobody',
  'suspended',
  'outsider',
  'removed',
  'other-teacher',
  'other-admin',
  'admin',
  'student',
  'course-admin',
  'teacher',
] as const
export type Role = (typeof ROLES)[number]

/** The code that each role is refused with; who is not named passes. */
export type Refusals = Partial<Record<Role, string | undefined>>

export const ANYONE: Refusals = {}
export const SIGNED_IN: Refusals = { nobody: 'not-signed-in', suspended: 'not-signed-in' }
export const MAY_TEACH: Refusals = {
  ...SIGNED_IN,
  outsider: 'may-not-teach',
  removed: 'may-not-teach',
  'other-admin': 'may-not-teach',
  student: 'may-not-teach',
  'course-admin': 'may-not-teach',
}
export const ENROLLED: Refusals = {
  ...SIGNED_IN,
  outsider: 'course-not-found',
  removed: 'course-not-found',
  'other-teacher': 'course-not-found',
  'other-admin': 'course-not-found',
  admin: 'course-not-found',
}
export const STAFF: Refusals = { ...ENROLLED, student: 'not-permitted' }
export const TEACHERS: Refusals = { ...STAFF, 'course-admin': 'not-permitted' }
export const STUDENTS: Refusals = {
  ...ENROLLED,
  'course-admin': 'not-permitted',
  teacher: 'not-permitted',
}
export const IN_CLASS: Refusals = {
  ...SIGNED_IN,
  outsider: 'class-not-found',
  removed: 'removed-from-course',
  'other-teacher': 'class-not-found',
  'other-admin': 'class-not-found',
  admin: 'class-not-found',
}
export const CLASS_TEACHERS: Refusals = {
  ...IN_CLASS,
  student: 'not-permitted',
  'course-admin': 'not-permitted',
}
export const CLASS_STUDENTS: Refusals = {
  ...IN_CLASS,
  teacher: 'not-permitted',
  'course-admin': 'not-permitted',
}
export const VISITORS: Refusals = {
  ...IN_CLASS,
  outsider: 'guests-not-allowed',
  'other-teacher': 'guests-not-allowed',
  'other-admin': 'guests-not-allowed',
  admin: 'guests-not-allowed',
}
export const SCHOOL_ADMINS: Refusals = {
  ...SIGNED_IN,
  outsider: 'not-permitted',
  removed: 'not-permitted',
  'other-teacher': 'not-permitted',
  'other-admin': 'not-permitted',
  student: 'not-permitted',
  'course-admin': 'not-permitted',
  teacher: 'not-permitted',
}

/** The desk: school admins, and course admins for their courses. */
export const DESK: Refusals = {
  ...SCHOOL_ADMINS,
  'course-admin': undefined,
  'other-admin': undefined,
}
export const DESK_COURSE: Refusals = {
  ...DESK,
  outsider: 'course-not-found',
  removed: 'course-not-found',
  'other-teacher': 'course-not-found',
  'other-admin': 'course-not-found',
}
/** Of a case that the student shared with the teacher. */
export const IN_CASE: Refusals = {
  ...SIGNED_IN,
  outsider: 'case-not-found',
  removed: 'case-not-found',
  admin: 'case-not-found',
  'course-admin': 'case-not-found',
  'other-teacher': 'case-not-found',
  'other-admin': 'case-not-found',
}
export const CASE_STUDENT: Refusals = { ...IN_CASE, teacher: 'not-permitted' }
export const CASE_HELPER: Refusals = { ...IN_CASE, student: 'not-permitted' }
