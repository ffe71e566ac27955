/** The school's page of support: directory and trusted staff. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AdminDirectoryPage } from '../_support/directory-page.tsx'

export const metadata: Metadata = { title: 'Directory' }

export default function Page(): ReactNode {
  return <AdminDirectoryPage />
}
