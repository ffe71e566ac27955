/** The frame around the school's pages. */
import type { ReactNode } from 'react'
import { SiteShell } from '../_ui/site-shell.tsx'
import { AdminGate } from './_admin/admin-gate.tsx'

export default function AdminLayout({ children }: { children: ReactNode }): ReactNode {
  return (
    <SiteShell>
      <AdminGate>{children}</AdminGate>
    </SiteShell>
  )
}
