/** Courses and their policies. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { CoursesPage } from '../_admin/courses-page.tsx'

export const metadata: Metadata = { title: 'Courses' }

export default function Page(): ReactNode {
  return <CoursesPage />
}
