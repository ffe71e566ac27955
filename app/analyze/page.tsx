/** Pictures, videos and the live camera, outside a class. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AnalyzePage } from './_analyze/analyze-page.tsx'

export const metadata: Metadata = { title: 'Analyze' }

export default function Page(): ReactNode {
  return <AnalyzePage />
}
