'use client'

/** What is wrong in a stored history, one clear sentence each, with the class that it touches. */
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ClassHistory } from '../../../_vault/history/verbs.ts'
import { Notice } from '../../../_ui/card.tsx'

export function HistoryProblems(props: {
  classes: readonly ClassHistory[]
  missing: readonly number[]
}): ReactNode {
  const { classes, missing } = props
  const t = useTranslations('history')
  const format = useFormatter()
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const when = (at: number): string =>
    format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const lines = [
    ...classes.flatMap(({ classId, startedAt, problems }) =>
      problems.map(({ code, message }) => ({
        key: `${classId} ${code}`,
        text: t('problemOf', {
          when: when(startedAt),
          message: code === 'not-a-holder' ? t('notHeld') : message,
        }),
      })),
    ),
    ...missing.map((at) => ({ key: String(at), text: t('classMissing', { when: when(at) }) })),
  ]
  if (lines.length === 0) return null
  return (
    <Notice tone="warning" title={t('problemsTitle')}>
      <ul className="grid max-h-60 gap-1 overflow-y-auto">
        {lines.map(({ key, text }) => (
          <li key={key}>{text}</li>
        ))}
      </ul>
    </Notice>
  )
}
