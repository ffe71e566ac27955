/** The support assistant: a chat with a machine. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AssistantPage } from '../_support/assistant-page.tsx'

export const metadata: Metadata = { title: 'Support assistant' }

export default function Page(): ReactNode {
  return <AssistantPage />
}
