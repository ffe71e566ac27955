'use client'

/** All eight probabilities of one face, in their one order, as bars with numbers. */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { MOOD_COLOURS } from '../../../class/_mood/emotion-swatch.tsx'
import { EMOTIONS } from '../../../_wire/emotions.ts'
import { useWords } from '../use-words.ts'

export function Probabilities({ values }: { values: readonly number[] }): ReactNode {
  const t = useTranslations('analyze')
  const words = useWords()
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2 pt-3 text-sm">
      {EMOTIONS.map((emotion, index) => (
        <div key={emotion} className="contents">
          <dt>{t(`emotions.${emotion}`)}</dt>
          <dd aria-hidden="true" className="h-2.5 overflow-hidden rounded-full bg-sunken">
            <span
              className="block h-full rounded-full"
              style={{
                width: `${((values[index] ?? 0) * 100).toFixed(1)}%`,
                background: MOOD_COLOURS[emotion],
              }}
            />
          </dd>
          <dd className="text-right tabular-nums">{words.percent(values[index] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  )
}
