'use client'

/**
 * The frame of the site, knowing whether the person may see the school's pages. It must never decide
 * that by itself: the server refuses what a person may not do.
 */
import type { ReactNode } from 'react'
import { AppShell } from './app-shell.tsx'
import { useSession } from './data/use-session.ts'
import { SupportMessage } from './support/support-message.tsx'

/** {@link AppShell} for whoever is signed in. */
export function SiteShell({ children }: { children: ReactNode }): ReactNode {
  const session = useSession()
  const { account, courseAdmin } = session.data ?? {}
  return (
    <AppShell isAdmin={account?.schoolAdmin || courseAdmin || false}>
      {children}
      <SupportMessage />
    </AppShell>
  )
}
