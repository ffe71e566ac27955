'use client'

/**
 * When the class takes place each week, with the calendar file, for everyone in the course.
 */
import { CalendarPlus } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { CourseSchedule } from '../../../_wire/schedule.ts'
import { Button } from '../../../_ui/button.tsx'
import { Notice } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { callWire } from '../../../_ui/data/wire.ts'
import { saveFile } from '../../../_ui/save-file.ts'
import type { CoursePartProps } from './course-page.tsx'
import { weekdayName } from './schedule-draft.ts'

/** The weekly class in one sentence. */
export function useScheduleWords(): (schedule: CourseSchedule) => string {
  const t = useTranslations('courseAccess.schedule')
  const locale = useLocale()
  return ({ weekday, time, minutes, timeZone }) =>
    t('words', { weekday: weekdayName(weekday, locale), time, minutes, timeZone })
}

/** Nothing where the course has no weekly class. */
export function ScheduleLine({ course }: Pick<CoursePartProps, 'course'>): ReactNode {
  const t = useTranslations('courseAccess.schedule')
  const wordsOf = useScheduleWords()
  const [failed, setFailed] = useState<string>()
  const { schedule, id } = course
  if (schedule === null) return null
  const download = async (): Promise<void> => {
    setFailed(undefined)
    try {
      const { fileName, text } = await callWire('calendar', { id }, null)
      saveFile(fileName, 'text/calendar;charset=utf-8', text)
    } catch (error) {
      setFailed(sentenceFor(error))
    }
  }
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
      <p className="text-[0.9375rem]">{wordsOf(schedule)}</p>
      <Button size="sm" variant="secondary" onClick={download}>
        <CalendarPlus aria-hidden="true" />
        {t('calendar')}
      </Button>
      {failed ? (
        <Notice tone="danger" alert className="basis-full">
          {failed}
        </Notice>
      ) : null}
    </div>
  )
}
