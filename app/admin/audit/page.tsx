/** Who did what, who opened what. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AuditPage } from '../_admin/audit-page.tsx'

export const metadata: Metadata = { title: 'Audit trail' }

export default function Page(): ReactNode {
  return <AuditPage />
}
