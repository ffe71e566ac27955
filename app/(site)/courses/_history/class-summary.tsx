'use client'

/**
 * How one class went, minute by minute, and where the class as a whole was low. It speaks of the lesson and never of a
 * person.
 */
import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ClassHistory } from '../../../_vault/history/verbs.ts'
import { Notice } from '../../../_ui/card.tsx'
import { barsByMinute, lowStretches, minutesABar, type Measure } from './shares.ts'
import { SharesTable } from './shares-table.tsx'
import { StackedBars } from './stacked-bars.tsx'

export function ClassSummary({ cls, measure }: { cls: ClassHistory; measure: Measure }): ReactNode {
  const t = useTranslations('history')
  const format = useFormatter()
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const bars = barsByMinute(cls, measure)
  const stretches = lowStretches(cls)
  const shown = bars.reduce((sum, bar) => sum + bar.shown, 0)
  const unit = minutesABar(cls)
  const clock = (minutes: number): string =>
    format.dateTime(new Date(cls.startedAt + minutes * 60_000), {
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    })
  if (cls.expiredAt !== null) {
    const day = format.dateTime(new Date(cls.expiredAt), { dateStyle: 'long', timeZone })
    return <p className="text-sm text-ink-muted">{t('expired', { day })}</p>
  }
  if (shown === 0) return <p className="text-sm text-ink-muted">{t('nothingShown')}</p>
  return (
    <div className="grid grid-cols-1 gap-4">
      <StackedBars
        label={t(measure === 'mood' ? 'moodByMinute' : 'engagementByMinute')}
        axis={t('axis')}
        bars={bars}
        measure={measure}
        tick={(bar) => t('minute', { minute: Math.round(Number(bar.key)) })}
        stretches={stretches}
        unit={unit}
      />
      <SharesTable
        caption={t(measure === 'mood' ? 'moodByMinute' : 'engagementByMinute')}
        first={t('columnMinute')}
        bars={bars}
        measure={measure}
        name={(bar) => t('minute', { minute: Math.round(Number(bar.key)) })}
      />
      {stretches.length === 0 ? (
        <p className="text-sm text-ink-muted">{t('noLow')}</p>
      ) : (
        <Notice tone="warning" title={t('lowTitle')}>
          <ul className="grid gap-1">
            {stretches.map(({ from, to }) => (
              <li key={from}>
                {t('lowStretch', {
                  from: Math.floor(from),
                  to: Math.ceil(to),
                  fromClock: clock(from),
                  toClock: clock(to),
                })}
              </li>
            ))}
          </ul>
          <p className="pt-2">{t('lowAdvice')}</p>
        </Notice>
      )}
    </div>
  )
}
