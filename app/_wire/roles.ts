/** The roles that a person may have: in a course for as long as they are in it, and in a class while it is on. */
import * as z from 'zod'

export const courseRole = z.enum(['student', 'teacher', 'course-admin'])
export type CourseRole = z.infer<typeof courseRole>

export const classRole = z.enum(['teacher', 'student', 'guest'])
export type ClassRole = z.infer<typeof classRole>
