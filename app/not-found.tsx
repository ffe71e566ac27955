/**
 * What stands at an address that leads nowhere. It must never tell whether something exists that the
 * person may not see.
 */
import { Compass } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { LazyShell } from './_ui/lazy-shell.tsx'
import { EmptyState } from './_ui/states.tsx'

export const metadata: Metadata = { title: 'Not found' }

export default async function NotFound(): Promise<ReactNode> {
  const t = await getTranslations('common')
  return (
    <LazyShell>
      <EmptyState
        level={1}
        icon={<Compass aria-hidden="true" />}
        title={t('notFoundTitle')}
        action={
          <Link
            href="/courses"
            className="inline-flex h-11 items-center rounded-control bg-accent px-4 text-[0.9375rem] font-medium text-on-accent hover:bg-accent-hover"
          >
            {t('toCourses')}
          </Link>
        }
      >
        <p>{t('notFoundText')}</p>
      </EmptyState>
    </LazyShell>
  )
}
