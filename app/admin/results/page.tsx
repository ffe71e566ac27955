/** Results that people submitted for review. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { SubmittedResults } from './_results/submitted-results.tsx'

export const metadata: Metadata = { title: 'Submitted results' }

export default function Page(): ReactNode {
  return <SubmittedResults />
}
