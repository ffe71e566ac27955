'use client'

/**
 * The link for people without an account, while a class runs and the course takes guests. It opens that
 * one class and nothing else of the course.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { CopyField } from '../../../_ui/copy-field.tsx'
import { usePublicUrl } from '../../../_ui/data/use-session.ts'
import type { CoursePartProps } from './course-page.tsx'

/** Read-only textbox *Guest link*, for staff. */
export function GuestLink({ course }: Pick<CoursePartProps, 'course'>): ReactNode {
  const t = useTranslations('courseAccess.guests')
  const { liveClassId, settings, role } = course
  const origin = usePublicUrl()
  if (role === 'student' || liveClassId === null || !settings.guests || origin === null) return null
  const url = new URL(`/class/${liveClassId}`, origin).href
  return (
    <div className="grid gap-2">
      <CopyField label={t('label')} value={url} />
      <p className="text-sm text-ink-muted">{t('hint')}</p>
    </div>
  )
}
