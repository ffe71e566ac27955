/** The frame around the pages outside a class. */
import type { ReactNode } from 'react'
import { SiteShell } from '../_ui/site-shell.tsx'

export default function SiteLayout({ children }: { children: ReactNode }): ReactNode {
  return <SiteShell>{children}</SiteShell>
}
