/** Invitations to the school. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { InvitationsPage } from '../_admin/invitations-page.tsx'

export const metadata: Metadata = { title: 'Invitations' }

export default function Page(): ReactNode {
  return <InvitationsPage />
}
