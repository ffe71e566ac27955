'use client'

/**
 * Shows the school's pages to school admins and says to everyone else whom to ask. The server checks
 * every request besides.
 */
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ButtonLink } from '../../_ui/button.tsx'
import { cx } from '../../_ui/cx.ts'
import { useSession } from '../../_ui/data/use-session.ts'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { EmptyState } from '../../_ui/states.tsx'
import { VaultGate } from '../../_ui/vault-gate.tsx'

/** Navigation between the school's pages, and the page. */
export function AdminGate({ children }: { children: ReactNode }): ReactNode {
  return <VaultGate>{() => <ForAdmins>{children}</ForAdmins>}</VaultGate>
}

function ForAdmins({ children }: { children: ReactNode }): ReactNode {
  const t = useTranslations('admin')
  const common = useTranslations('common')
  const session = useSession()
  if (session.isPending) return <LoadingState text={common('loading')} />
  if (session.error) return <LoadFailed error={session.error} retry={session.refetch} />
  if (!session.data.account?.schoolAdmin) {
    return (
      <EmptyState
        level={1}
        title={t('notAdminTitle')}
        action={<ButtonLink href="/courses">{common('toCourses')}</ButtonLink>}
      >
        {t('notAdminText')}
      </EmptyState>
    )
  }
  return (
    <div className="grid gap-8">
      <nav aria-label={t('sections')} className="flex gap-1 border-b border-line">
        <Tab href="/admin">{common('people')}</Tab>
        <Tab href="/admin/policy">{common('policy')}</Tab>
      </nav>
      <div>{children}</div>
    </div>
  )
}

function Tab({ href, children }: { href: string; children: ReactNode }): ReactNode {
  const here = usePathname() === href
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : undefined}
      className={cx(
        '-mb-px border-b-2 border-transparent px-4 py-3 text-[0.9375rem] font-medium text-ink-muted hover:text-ink',
        here && 'border-accent text-ink',
      )}
    >
      {children}
    </Link>
  )
}
