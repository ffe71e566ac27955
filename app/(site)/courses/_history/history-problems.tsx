'use client'

/** What is wrong in a stored history, one clear sentence each, with the classes that it touches. */
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ClassHistory } from '../../../_vault/history/verbs.ts'
import { Notice } from '../../../_ui/card.tsx'

/** Classes named beside one sentence; of more only the number is said. */
const NAMED_AT_MOST = 4

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
  const classesBy = new Map<string, number[]>()
  for (const { startedAt, problems } of classes) {
    for (const { code, message } of problems) {
      const sentence = code === 'not-a-holder' ? t('notHeld') : message
      classesBy.set(sentence, [...(classesBy.get(sentence) ?? []), startedAt])
    }
  }
  const lines = [
    ...[...classesBy].map(([message, starts]) => ({
      key: message,
      text: t('problemOf', {
        message,
        count: starts.length,
        when: format.list(starts.slice(0, NAMED_AT_MOST).map(when)),
        more: Math.max(0, starts.length - NAMED_AT_MOST),
      }),
    })),
    ...missing.map((at) => ({ key: String(at), text: t('classMissing', { when: when(at) }) })),
  ]
  if (lines.length === 0) return null
  return (
    <Notice tone="warning" title={t('problemsTitle')}>
      <ul className="grid gap-2">
        {lines.map(({ key, text }) => (
          <li key={key}>{text}</li>
        ))}
      </ul>
    </Notice>
  )
}
