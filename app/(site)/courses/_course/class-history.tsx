'use client'

/**
 * The classes of a course, newest first: when they were and how long. Nothing of what was read in
 * them.
 */
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge } from '../../../_ui/badge.tsx'
import { Section } from '../../../_ui/card.tsx'
import type { CoursePartProps } from './course-page.tsx'

const MINUTE_MS = 60_000

/** The list *Classes*. */
export function ClassHistory({ course }: CoursePartProps): ReactNode {
  const t = useTranslations('courses')
  const locale = useLocale()
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const classes = course.classes.toSorted((one, other) => other.startedAt - one.startedAt)
  return (
    <Section id="classes" title={t('classesTitle')}>
      {classes.length === 0 ? (
        <p className="text-[0.9375rem] text-ink-muted">{t('classesEmpty')}</p>
      ) : (
        <ul className="grid max-h-80 gap-3 overflow-y-auto text-[0.9375rem]">
          {classes.map((one) => (
            <li key={one.id} className="flex items-center justify-between gap-4">
              <time dateTime={new Date(one.startedAt).toISOString()}>
                {format.format(one.startedAt)}
              </time>
              {one.endedAt === null ? (
                <Badge tone="success">{t('classRunning')}</Badge>
              ) : (
                <span className="text-sm whitespace-nowrap text-ink-muted tabular-nums">
                  {t('classMinutes', {
                    minutes: Math.max(1, Math.round((one.endedAt - one.startedAt) / MINUTE_MS)),
                  })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
