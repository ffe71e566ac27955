/** The school's policy. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { PolicyPage } from '../_admin/policy-page.tsx'

export const metadata: Metadata = { title: 'Policy' }

export default function Page(): ReactNode {
  return <PolicyPage />
}
