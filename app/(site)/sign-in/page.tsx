/** The page where people sign in. */
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { safeNext } from '../_auth/next-path.ts'
import { SignInForm } from '../_auth/sign-in-form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage(props: PageProps<'/sign-in'>): Promise<ReactNode> {
  const { next } = await props.searchParams
  return <SignInForm next={safeNext(typeof next === 'string' ? next : undefined)} />
}
