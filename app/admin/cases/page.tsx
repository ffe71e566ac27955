/** The school's page of support: cases from outside. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AdminCasesPage } from '../_support/cases-page.tsx'

export const metadata: Metadata = { title: 'Cases' }

export default function Page(): ReactNode {
  return <AdminCasesPage />
}
