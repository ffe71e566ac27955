/** The list of a person's courses. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { CourseList } from './_course/course-list.tsx'

export const metadata: Metadata = { title: 'My courses' }

export default function CoursesPage(): ReactNode {
  return <CourseList />
}
