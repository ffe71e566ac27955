/** Readings by student, of a course whose students agreed to it. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { HistoryPage } from '../../../_admin/history-page.tsx'

export const metadata: Metadata = { title: 'History' }

export default async function Page(
  props: PageProps<'/admin/courses/[id]/history'>,
): Promise<ReactNode> {
  const { id } = await props.params
  return <HistoryPage id={id} />
}
