/** People of the school. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { PeoplePage } from './_admin/people-page.tsx'

export const metadata: Metadata = { title: 'People of the school' }

export default function Page(): ReactNode {
  return <PeoplePage />
}
