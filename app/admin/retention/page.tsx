/** How long things are kept. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { RetentionPage } from '../_admin/retention-page.tsx'

export const metadata: Metadata = { title: 'Retention' }

export default function Page(): ReactNode {
  return <RetentionPage />
}
