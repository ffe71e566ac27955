'use client'

/**
 * The frame of the pages for errors and wrong addresses, which belong to every page: fetched when one
 * of them is shown, so that no page carries it along.
 */
import dynamic from 'next/dynamic'
import type { ReactNode } from 'react'

const AppShell = dynamic(async () => (await import('./app-shell.tsx')).AppShell)

/** {@link AppShell} in its narrow form. */
export function LazyShell({ children }: { children: ReactNode }): ReactNode {
  return <AppShell narrow>{children}</AppShell>
}
