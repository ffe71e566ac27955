/**
 * What stands at an address that leads nowhere. It must never tell whether something exists that the
 * person may not see.
 */
import { Compass } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { AppShell } from './_ui/app-shell.tsx'
import { ButtonLink } from './_ui/button.tsx'
import { EmptyState } from './_ui/states.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default async function NotFound(): Promise<ReactNode> {
  const t = await getTranslations('common')
  return (
    <AppShell narrow>
      <EmptyState
        level={1}
        icon={<Compass aria-hidden="true" />}
        title={t('notFoundTitle')}
        action={<ButtonLink href="/courses">{t('toCourses')}</ButtonLink>}
      >
        <p>{t('notFoundText')}</p>
      </EmptyState>
    </AppShell>
  )
}
