'use client'

/**
 * Who attended, from when to when, and the button that keeps it as a file. Names and times alone; the
 * list lives in the class, and is gone with it unless a teacher exports it.
 */
import { Download } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState, type ReactNode } from 'react'
import type { Attendance } from '../../../sfu/protocol/index.ts'
import { attendanceCsv, minutesPresent } from '../../_call/moderation/attendance-csv.ts'
import { Button } from '../../_ui/button.tsx'
import { Notice } from '../../_ui/card.tsx'
import { saveFile } from '../../_ui/save-file.ts'
import { Spinner } from '../../_ui/spinner.tsx'

/** @param props.load asks for the list, once */
export function AttendanceTable(props: {
  load: () => Promise<readonly Attendance[]>
  courseName: string
}): ReactNode {
  const t = useTranslations('moderation.attendance')
  const locale = useLocale()
  const [load] = useState(() => props.load)
  const [loaded, setLoaded] = useState<{ people: readonly Attendance[]; at: number } | 'failed'>()
  useEffect(() => {
    let gone = false
    load().then(
      (people) => {
        if (!gone) setLoaded({ people, at: Date.now() })
      },
      () => {
        if (!gone) setLoaded('failed')
      },
    )
    return () => {
      gone = true
    }
  }, [load])
  if (loaded === undefined) return <Spinner text={t('loading')} />
  if (loaded === 'failed') {
    return (
      <Notice tone="danger" alert>
        {t('failed')}
      </Notice>
    )
  }
  const { people, at } = loaded
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  // On a telephone a stay takes two lines, and no time is torn apart.
  const timeOf = (moment: number): string => clock.format(moment).replaceAll(' ', '\u00A0')
  return (
    <div className="grid min-w-0 gap-5">
      <div className="max-h-[50dvh] overflow-auto rounded-control border border-line" tabIndex={0}>
        <table className="w-full text-left text-sm" aria-label={t('title')}>
          <thead className="sticky top-0 bg-sunken">
            <tr>
              {(['name', 'role', 'stays', 'minutes'] as const).map((column) => (
                <th key={column} scope="col" className="px-2 py-2.5 font-medium sm:px-4">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((person, index) => (
              <tr key={index} className="border-t border-line align-top">
                <th scope="row" className="max-w-48 px-2 py-2.5 font-normal break-words sm:px-4">
                  <bdi>{person.name}</bdi>
                </th>
                <td className="px-2 py-2.5 text-ink-muted sm:px-4">{t(`roles.${person.role}`)}</td>
                <td className="px-2 py-2.5 text-ink-muted tabular-nums sm:px-4">
                  {person.spans.map(({ from, to }) => (
                    <span key={from} className="block sm:whitespace-nowrap">
                      {t('stay', {
                        from: timeOf(from),
                        to: to === null ? t('here') : timeOf(to),
                      })}
                    </span>
                  ))}
                </td>
                <td className="px-2 py-2.5 tabular-nums sm:px-4">
                  {Math.round(minutesPresent(person, at))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ExportAttendance people={people} at={at} courseName={props.courseName} />
    </div>
  )
}

/** The button *Export as CSV*. */
export function ExportAttendance(props: {
  people: readonly Attendance[]
  /** When the list was made. */
  at: number
  courseName: string
}): ReactNode {
  const { people, at, courseName } = props
  const t = useTranslations('moderation.attendance')
  const save = (): void => {
    const words = {
      columns: {
        name: t('name'),
        role: t('role'),
        from: t('from'),
        to: t('to'),
        minutes: t('minutes'),
      },
      roles: { teacher: t('roles.teacher'), student: t('roles.student'), guest: t('roles.guest') },
    }
    const csv = attendanceCsv(people, words, at, (time) => new Date(time).toISOString())
    const day = new Date(at).toISOString().slice(0, 10)
    // The mark tells spreadsheets that this is UTF-8.
    const name = `${t('fileName', { course: courseName, day })}.csv`
    saveFile(name, 'text/csv;charset=utf-8', `\uFEFF${csv}`)
  }
  return (
    <Button variant="secondary" className="justify-self-start" onClick={save}>
      <Download aria-hidden="true" />
      {t('export')}
    </Button>
  )
}
