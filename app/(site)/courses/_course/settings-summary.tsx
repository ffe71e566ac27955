'use client'

/**
 * How a course takes readings, in the sentences that everyone in it reads.
 */
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Section } from '../../../_ui/card.tsx'
import { linkStyle } from '../../_auth/auth-card.tsx'
import type { CoursePartProps } from './course-page.tsx'

/** What is read, how often, who sees it, how long it is kept. */
export function SettingsSummary({ course }: CoursePartProps): ReactNode {
  const t = useTranslations('courses')
  const { readings, intervalSeconds, minimumGroup, retentionDays, historyPolicy } = course.settings
  const lines =
    readings === 'off'
      ? [t('summaryOff')]
      : [
          t(readings === 'check-ins' ? 'summaryCheckIns' : 'summaryExpression', {
            interval: intervalSeconds,
          }),
          t('summaryTotals', { minimum: minimumGroup }),
          ...(historyPolicy === 'full-history' ? [t('summaryFullHistory')] : []),
          t('summaryRetention', { days: retentionDays }),
        ]
  return (
    <Section id="summary" title={t('summaryTitle')}>
      <div className="grid gap-3 text-[0.9375rem] leading-relaxed">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {course.role === 'student' ? (
          <p>
            <Link href="/account" className={linkStyle}>
              {t('summaryMine')}
            </Link>
          </p>
        ) : null}
      </div>
    </Section>
  )
}
