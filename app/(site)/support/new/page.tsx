/** Writing to someone at school. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { NewCasePage } from '../_support/new-case.tsx'

export const metadata: Metadata = { title: 'Write to someone' }

export default function Page(): ReactNode {
  return <NewCasePage />
}
