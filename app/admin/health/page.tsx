/** How the service is doing. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { HealthPage } from '../_admin/health-page.tsx'

export const metadata: Metadata = { title: 'Health' }

export default function Page(): ReactNode {
  return <HealthPage />
}
