/** One case. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { CasePage } from '../../_support/case-page.tsx'

export const metadata: Metadata = { title: 'Case' }

export default async function Page(props: PageProps<'/support/cases/[id]'>): Promise<ReactNode> {
  const { id } = await props.params
  return <CasePage caseId={id} />
}
