/** A way back into an account whose password and recovery code are both lost. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ResetForm } from '../_auth/reset-form.tsx'

export const metadata: Metadata = { title: 'Start with new keys' }

export default function Page(): ReactNode {
  return <ResetForm />
}
