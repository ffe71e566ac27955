'use client'

/** Engagement by student as bars of one length, each part with its number in words. A bar chooses its student. */
import { scaleLinear } from 'd3'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ENGAGEMENTS } from '../../_wire/emotions.ts'
import type { StudentSum } from './history-sums.ts'

/** From engaged to distracted, then what is not known; lightness tells them apart without colour. */
const ORDER = [1, 2, 3, 4, 0] as const
const FILLS: Readonly<Record<number, string>> = {
  0: 'bg-line',
  1: 'bg-accent',
  2: 'bg-accent/60',
  3: 'bg-line-strong/70',
  4: 'bg-warning-ink/80',
}

/** One bar a student, and what the parts mean. */
export function EngagementBars(props: {
  sums: readonly StudentSum[]
  names: ReadonlyMap<string, string>
  choose: (accountId: string) => void
}): ReactNode {
  const { sums, names, choose } = props
  const t = useTranslations('desk.history')
  const nameOf = (accountId: string): string => names.get(accountId) ?? ''
  const sorted = sums.toSorted((a, b) => nameOf(a.accountId).localeCompare(nameOf(b.accountId)))
  return (
    <div className="grid grid-cols-1 gap-5">
      <ul className="grid gap-3">
        {sorted.map(({ accountId, counts, total }) => {
          const width = scaleLinear([0, total], [0, 100])
          const parts = ORDER.filter((code) => (counts[code] ?? 0) > 0)
          const words = parts.map((code) =>
            t('part', {
              name: t(`engagements.${ENGAGEMENTS[code]}`),
              count: counts[code] ?? 0,
              total,
            }),
          )
          return (
            <li
              key={accountId}
              className="grid items-center gap-x-4 gap-y-1 sm:grid-cols-[10rem_minmax(0,1fr)]"
            >
              <button
                type="button"
                className="truncate text-left font-medium underline-offset-4 hover:underline"
                onClick={() => {
                  choose(accountId)
                }}
              >
                {nameOf(accountId)}
              </button>
              <div
                role="img"
                aria-label={`${nameOf(accountId)}: ${words.join(', ')}`}
                className="flex h-6 overflow-hidden rounded-md bg-sunken"
              >
                {parts.map((code, index) => (
                  <span
                    key={code}
                    title={words[index]}
                    className={FILLS[code]}
                    style={{ width: `${String(width(counts[code] ?? 0))}%` }}
                  />
                ))}
              </div>
            </li>
          )
        })}
      </ul>
      <ul className="flex flex-wrap gap-x-5 gap-y-2 text-sm text-ink-muted">
        {ORDER.map((code) => (
          <li key={code} className="flex items-center gap-2">
            <span aria-hidden="true" className={`size-3 rounded-sm ${FILLS[code] ?? ''}`} />
            {t(`engagements.${ENGAGEMENTS[code]}`)}
          </li>
        ))}
      </ul>
    </div>
  )
}
