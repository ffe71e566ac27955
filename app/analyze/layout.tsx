/** The frame around the analysis of pictures outside a class. */
import type { ReactNode } from 'react'
import { SiteShell } from '../_ui/site-shell.tsx'

export default function AnalyzeLayout({ children }: { children: ReactNode }): ReactNode {
  return <SiteShell>{children}</SiteShell>
}
