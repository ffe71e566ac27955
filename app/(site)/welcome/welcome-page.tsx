'use client'

/**
 * An invitation to the school: for whom it is, and the way to the account. Once the person has one, it
 * leads on to the courses. The token goes to sign-up alone.
 */
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ButtonLink } from '../../_ui/button.tsx'
import { useVault } from '../../_ui/data/use-vault.ts'
import { isSilence } from '../../_ui/data/failure.ts'
import { callWire } from '../../_ui/data/wire.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { AuthCard, linkStyle } from '../_auth/auth-card.tsx'

/** The page `/welcome/[token]`. */
export function WelcomePage({ token }: { token: string }): ReactNode {
  const t = useTranslations('desk.welcome')
  const common = useTranslations('common')
  const { account, state } = useVault()
  const query = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => callWire('invitation', { token }, null, { signal }),
    retry: false,
  })
  if (query.isPending || state === 'starting') return <LoadingState text={t('loading')} />
  if (account && state !== 'signed-out') {
    return (
      <EmptyState
        level={1}
        title={t('signedInTitle', { name: account.name })}
        action={<ButtonLink href="/courses">{common('toCourses')}</ButtonLink>}
      >
        {t('signedInText')}
      </EmptyState>
    )
  }
  if (query.error) {
    if (isSilence(query.error)) return <LoadFailed error={query.error} retry={query.refetch} />
    return (
      <EmptyState
        level={1}
        title={t('goneTitle')}
        action={
          <ButtonLink href="/sign-in" variant="secondary">
            {common('signIn')}
          </ButtonLink>
        }
      >
        {t('goneText')}
      </EmptyState>
    )
  }
  const { name, email } = query.data
  const signUp = new URLSearchParams({ next: `/courses?invitation=${token}` })
  return (
    <AuthCard
      title={name === '' ? t('titlePlain') : t('title', { name })}
      line={t('line')}
      footer={
        <Link href="/sign-in" className={linkStyle}>
          {t('have')}
        </Link>
      }
    >
      <div className="grid gap-5">
        {email === null ? null : <p className="text-ink-muted">{t('as', { email })}</p>}
        <ButtonLink href={`/sign-up?${signUp.toString()}`} wide size="lg">
          {t('create')}
        </ButtonLink>
      </div>
    </AuthCard>
  )
}
