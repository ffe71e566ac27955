/** What a person runs before class to see whether device and network are good enough. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { TestPage } from './_test/test-page.tsx'

export const metadata: Metadata = { title: 'Connection test' }

export default function Page(): ReactNode {
  return <TestPage />
}
