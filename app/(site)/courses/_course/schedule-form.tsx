'use client'

/**
 * When the class of the course takes place each week: saved by itself, apart from the settings, since
 * it concerns nobody's readings. It starts no class.
 */
import { useLocale, useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { Button } from '../../../_ui/button.tsx'
import { Notice, Section } from '../../../_ui/card.tsx'
import { sentenceFor } from '../../../_ui/data/failure.ts'
import { callWire } from '../../../_ui/data/wire.ts'
import { Select } from '../../../_ui/select.tsx'
import { NumberField, TextField } from '../../../_ui/text-field.tsx'
import type { CourseSchedule } from '../../../_wire/schedule.ts'
import type { CoursePartProps } from './course-page.tsx'
import { draftOfSchedule, scheduleOf, timeZones, weekdayName } from './schedule-draft.ts'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]

/** The form with button *Save weekly class*. */
export function ScheduleForm({ course, saving, reload }: CoursePartProps): ReactNode {
  const t = useTranslations('courseAccess.schedule')
  const locale = useLocale()
  const [zone] = useState(() => new Intl.DateTimeFormat().resolvedOptions().timeZone)
  const [draft, setDraft] = useState(() => draftOfSchedule(course.schedule, zone))
  const [failed, setFailed] = useState<string>()
  const [zones] = useState(() => timeZones(zone))
  const change = (part: Partial<typeof draft>): void => {
    saving.forget()
    setFailed(undefined)
    setDraft({ ...draft, ...part })
  }
  const save = async (schedule: CourseSchedule | null): Promise<void> => {
    setFailed(undefined)
    try {
      await saving.run(async () => {
        await callWire('saveSchedule', { id: course.id }, { schedule })
        await reload()
      })
    } catch (error) {
      setFailed(sentenceFor(error))
    }
  }
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const schedule = scheduleOf(draft)
    if (schedule === null) setFailed(t('wrong'))
    else await save(schedule)
  }
  return (
    <Section id="schedule" title={t('title')} description={t('line')}>
      <form onSubmit={submit} noValidate className="grid gap-6">
        <div className="grid gap-6 sm:grid-cols-2 xl:grid-cols-4">
          <Select
            label={t('weekday')}
            value={draft.weekday}
            options={WEEKDAYS.map((day) => ({
              value: String(day),
              label: weekdayName(day, locale),
            }))}
            onValueChange={(weekday) => {
              change({ weekday })
            }}
          />
          <TextField
            type="time"
            label={t('time')}
            value={draft.time}
            onChange={(event) => {
              change({ time: event.currentTarget.value })
            }}
          />
          <NumberField
            label={t('minutes')}
            min={5}
            max={720}
            value={draft.minutes}
            onChange={(event) => {
              change({ minutes: event.currentTarget.value })
            }}
          />
          <Select
            label={t('timeZone')}
            value={draft.timeZone}
            options={zones.map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
            onValueChange={(timeZone) => {
              change({ timeZone })
            }}
          />
        </div>
        {failed ? (
          <Notice tone="danger" alert>
            {failed}
          </Notice>
        ) : null}
        <div className="flex flex-wrap gap-3">
          <Button type="submit" className="max-sm:w-full">
            {t('save')}
          </Button>
          {course.schedule === null ? null : (
            <Button variant="quiet" className="max-sm:w-full" onClick={() => save(null)}>
              {t('remove')}
            </Button>
          )}
        </div>
      </form>
    </Section>
  )
}
