'use client'

/** One course as its admins see it: settings, history policy, what happened. */
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { callWire } from '../../_ui/data/wire.ts'
import { ButtonLink } from '../../_ui/button.tsx'
import { Notice, Section } from '../../_ui/card.tsx'
import { LoadFailed } from '../../_ui/load-failed.tsx'
import { PageHeader } from '../../_ui/page-header.tsx'
import { LoadingState } from '../../_ui/spinner.tsx'
import { AuditTable } from './audit-table.tsx'
import { Facts } from './facts.tsx'

/** The page `/admin/courses/[id]`. */
export function CoursePage({ id }: { id: string }): ReactNode {
  const t = useTranslations('desk.course')
  const courses = useTranslations('desk.courses')
  const query = useQuery({
    queryKey: ['desk-courses', id],
    queryFn: ({ signal }) => callWire('deskCourse', { id }, null, { signal }),
  })
  if (query.isPending) return <LoadingState text={t('loading')} />
  if (query.error) return <LoadFailed error={query.error} retry={query.refetch} />
  const { settings, ...course } = query.data
  const yes = (value: boolean): string => (value ? t('yes') : t('no'))
  return (
    <>
      <PageHeader back={{ href: '/admin/courses', label: t('back') }} title={course.name} />
      <div className="grid grid-cols-1 gap-6">
        {course.generationNeeded ? <Notice tone="warning">{t('keysNeeded')}</Notice> : null}
        <Section id="settings" title={t('settingsTitle')}>
          <Facts
            facts={[
              [t('teachers'), course.teachers.join(', ')],
              [courses('people'), String(course.people)],
              [courses('readings'), courses(`modes.${settings.readings}`)],
              [t('interval'), t('seconds', { count: settings.intervalSeconds })],
              [t('minimumGroup'), String(settings.minimumGroup)],
              [t('retention'), t('days', { count: settings.retentionDays })],
              [courses('support'), yes(settings.support)],
              [t('guests'), yes(settings.guests)],
            ]}
          />
        </Section>
        <Section id="history" title={t('historyTitle')}>
          <p className="max-w-prose text-ink-muted">
            {course.historyPolicy === 'full-history' ? t('historyFull') : t('historyTotals')}
          </p>
          {course.mayOpenHistory ? (
            <ButtonLink
              href={`/admin/courses/${id}/history`}
              variant="secondary"
              className="justify-self-start"
            >
              {t('openHistory')}
            </ButtonLink>
          ) : null}
        </Section>
        <Section id="trail" title={t('trailTitle')}>
          <AuditTable filter={{ course: id }} />
        </Section>
      </div>
    </>
  )
}
