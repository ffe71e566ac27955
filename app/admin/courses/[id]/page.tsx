/** One course as its admins see it. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { CoursePage } from '../../_admin/course-page.tsx'

export const metadata: Metadata = { title: 'Course' }

export default async function Page(props: PageProps<'/admin/courses/[id]'>): Promise<ReactNode> {
  const { id } = await props.params
  return <CoursePage id={id} />
}
