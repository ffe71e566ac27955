/** The page where an account is made. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { safeNext } from '../_auth/next-path.ts'
import { SignUpForm } from '../_auth/sign-up-form.tsx'

export const metadata: Metadata = { title: 'Create account' }

export default async function SignUpPage(props: PageProps<'/sign-up'>): Promise<ReactNode> {
  const { next } = await props.searchParams
  return <SignUpForm next={safeNext(typeof next === 'string' ? next : undefined)} />
}
