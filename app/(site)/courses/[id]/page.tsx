/** One course: classes, invite link, people, settings. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { CoursePage } from '../_course/course-page.tsx'

export const metadata: Metadata = { title: 'Course' }

export default async function Page(props: PageProps<'/courses/[id]'>): Promise<ReactNode> {
  const { id } = await props.params
  return <CoursePage courseId={id} />
}
