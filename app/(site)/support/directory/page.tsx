/** Professionals and help lines. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { DirectoryPage } from '../_support/directory-page.tsx'

export const metadata: Metadata = { title: 'Professionals and help lines' }

export default function Page(): ReactNode {
  return <DirectoryPage />
}
