/** Support: messages, ways to help, cases. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { SupportPage } from './_support/support-page.tsx'

export const metadata: Metadata = { title: 'Support' }

export default function Page(): ReactNode {
  return <SupportPage />
}
