'use client'

/** The buttons of the front door: the way in for new people, the way on for those who are in. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ButtonLink } from './button.tsx'
import { useVault } from './data/use-vault.ts'

/** *Create an account* and *Sign in*, or *Go to my courses*. */
export function HomeActions(): ReactNode {
  const t = useTranslations('home')
  const { account } = useVault()
  if (account) {
    return (
      <div>
        <ButtonLink href="/courses" size="lg">
          {t('toCourses')}
        </ButtonLink>
      </div>
    )
  }
  return (
    <div className="flex flex-wrap gap-3">
      <ButtonLink href="/sign-up" size="lg">
        {t('start')}
      </ButtonLink>
      <ButtonLink href="/sign-in" size="lg" variant="secondary">
        {t('signIn')}
      </ButtonLink>
    </div>
  )
}
