/** One person of the school. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { PersonPage } from '../../_admin/person-page.tsx'

export const metadata: Metadata = { title: 'Person' }

export default async function Page(props: PageProps<'/admin/people/[id]'>): Promise<ReactNode> {
  const { id } = await props.params
  return <PersonPage id={id} />
}
