'use client'

/**
 * Shows the desk to school admins, its part about courses to course admins, and says to everyone else
 * whom to ask. The server checks every request besides.
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
import { CoursesPage } from './courses-page.tsx'
import { deskAt, SECTIONS, sectionOf, type Section } from './sections.ts'

/** Navigation between the school's pages, and the page. */
export function AdminGate({ children }: { children: ReactNode }): ReactNode {
  return <VaultGate>{() => <ForAdmins>{children}</ForAdmins>}</VaultGate>
}

function ForAdmins({ children }: { children: ReactNode }): ReactNode {
  const common = useTranslations('common')
  const session = useSession()
  const path = usePathname()
  if (session.isPending) return <LoadingState text={common('loading')} />
  if (session.error) return <LoadFailed error={session.error} retry={session.refetch} />
  const { account, courseAdmin } = session.data
  const schoolAdmin = account?.schoolAdmin ?? false
  const shown = deskAt(path, { schoolAdmin, courseAdmin })
  if (shown === 'refused') return <NotForYou />
  return (
    <Desk sections={SECTIONS.filter(({ who }) => schoolAdmin || who === 'courses')}>
      {shown === 'courses' ? <CoursesPage /> : children}
    </Desk>
  )
}

function NotForYou(): ReactNode {
  const t = useTranslations('admin')
  const common = useTranslations('common')
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

/** On a narrow screen the sections stand in a row that scrolls: the one that is open shall be seen. */
function bringIntoSight(link: HTMLAnchorElement | null): void {
  const row = link?.parentElement
  if (link && row) row.scrollLeft = link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2
}

function Desk(props: { sections: readonly Section[]; children: ReactNode }): ReactNode {
  const t = useTranslations('admin')
  const names = useTranslations('desk.nav')
  const here = sectionOf(usePathname()) ?? props.sections[0]
  return (
    <div className="grid gap-8 lg:grid-cols-[10.5rem_minmax(0,1fr)] lg:gap-12">
      <nav
        aria-label={t('sections')}
        className="relative -mx-4 flex gap-1 self-start overflow-x-auto border-b border-line px-4 lg:sticky lg:top-24 lg:mx-0 lg:grid lg:border-0 lg:px-0"
      >
        {props.sections.map((section) => (
          <Link
            key={section.href}
            href={section.href}
            aria-current={section === here ? 'page' : undefined}
            ref={section === here ? bringIntoSight : undefined}
            className={cx(
              'px-3 py-2.5 text-[0.9375rem] font-medium whitespace-nowrap text-ink-muted hover:text-ink lg:rounded-control lg:py-2 lg:hover:bg-sunken',
              section === here &&
                'text-ink max-lg:-mb-px max-lg:border-b-2 max-lg:border-accent lg:bg-accent-soft lg:text-accent-ink',
            )}
          >
            {names(section.name)}
          </Link>
        ))}
      </nav>
      <div className="min-w-0">{props.children}</div>
    </div>
  )
}
