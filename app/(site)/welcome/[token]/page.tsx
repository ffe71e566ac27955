/** What the link of an invitation to the school opens. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { WelcomePage } from '../welcome-page.tsx'

export const metadata: Metadata = { title: 'Welcome', referrer: 'no-referrer' }

export default async function Page(props: PageProps<'/welcome/[token]'>): Promise<ReactNode> {
  const { token } = await props.params
  return <WelcomePage token={token} />
}
