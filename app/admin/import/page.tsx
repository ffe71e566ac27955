/** People from a CSV file. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ImportPage } from '../_admin/import-page.tsx'

export const metadata: Metadata = { title: 'Import people' }

export default function Page(): ReactNode {
  return <ImportPage />
}
