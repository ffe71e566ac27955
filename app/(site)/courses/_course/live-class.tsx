'use client'

/**
 * The way into the class that runs, or the button that starts one. Starting opens the class in the
 * same tab.
 */
import { Video } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { Button, ButtonLink } from '../../../_ui/button.tsx'
import { Notice } from '../../../_ui/card.tsx'
import { cx } from '../../../_ui/cx.ts'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { callWire } from '../../../_ui/data/wire.ts'
import type { CoursePartProps } from './course-page.tsx'
import { GuestLink } from './guest-link.tsx'
import { ScheduleLine } from './schedule-line.tsx'

/** Link *Join class* while a class runs, else *Start class* for teachers. */
export function LiveClass({ course }: CoursePartProps): ReactNode {
  const t = useTranslations('courses')
  const locale = useLocale()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const teaches = course.role === 'teacher'
  const live = course.classes.find((one) => one.id === course.liveClassId)

  const start = async (): Promise<void> => {
    setBusy(true)
    setError(undefined)
    try {
      const { id } = await callWire('startClass', { id: course.id }, {})
      router.push(`/class/${id}`)
    } catch (cause) {
      setError(sentenceFor(cause))
      setBusy(false)
    }
  }

  let line = teaches ? t('idleTeacher') : t('idleStudent')
  if (live) {
    const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(live.startedAt)
    line = t('runningSince', { time })
  }
  return (
    <section
      aria-labelledby="live-heading"
      className={cx(
        'grid gap-4 rounded-card border p-5 sm:p-7',
        course.liveClassId
          ? 'border-accent/40 bg-accent-soft'
          : 'border-line bg-raised shadow-resting',
      )}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-5">
        <div className="grid max-w-md gap-1.5">
          <h2
            id="live-heading"
            className="flex items-center gap-2.5 text-lg font-semibold tracking-tight"
          >
            {course.liveClassId ? (
              <span aria-hidden="true" className="size-2.5 animate-pulse rounded-full bg-accent" />
            ) : null}
            {course.liveClassId ? t('runningTitle') : t('idleTitle')}
          </h2>
          <p className="text-[0.9375rem] text-ink-muted">{line}</p>
        </div>
        {course.liveClassId ? (
          <ButtonLink href={`/class/${course.liveClassId}`} size="lg">
            <Video aria-hidden="true" />
            {t('joinClass')}
          </ButtonLink>
        ) : null}
        {teaches && !course.liveClassId ? (
          <Button size="lg" busy={busy && t('starting')} onClick={start}>
            <Video aria-hidden="true" />
            {t('startClass')}
          </Button>
        ) : null}
      </div>
      <GuestLink course={course} />
      <ScheduleLine course={course} />
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
    </section>
  )
}
