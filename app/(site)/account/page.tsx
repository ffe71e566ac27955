/** A person's own data, keys and password. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AccountPage } from './_account/account-page.tsx'

export const metadata: Metadata = { title: 'My data and account' }

export default function Page(): ReactNode {
  return <AccountPage />
}
