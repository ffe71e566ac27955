/** What an invitation link opens. Its fragment never reaches the server. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { InvitePage } from '../invite-page.tsx'

export const metadata: Metadata = { title: 'Invitation' }

export default async function Page(props: PageProps<'/invite/[token]'>): Promise<ReactNode> {
  const { token } = await props.params
  return <InvitePage token={token} />
}
