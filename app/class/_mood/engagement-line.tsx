'use client'

/**
 * The engagement of the class as one line: a bar for the eye, words for everyone.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ClassTotals } from '../../_vault/verbs.ts'

type Counts = NonNullable<ClassTotals['engagement']>

/** Parts from most to least engaged, told apart by lightness as well as by order. */
const PARTS = [
  ['engaged', 'bg-accent'],
  ['partiallyEngaged', 'bg-accent/60'],
  ['notEngaged', 'bg-accent/30'],
  ['distracted', 'bg-line-strong'],
  ['unclear', 'bg-line'],
] as const

/** The same shades for drawn shapes. */
export const ENGAGEMENT_FILLS = {
  engaged: 'fill-accent',
  partiallyEngaged: 'fill-accent/60',
  notEngaged: 'fill-accent/30',
  distracted: 'fill-line-strong',
  unclear: 'fill-line',
} as const

/** A bar of shares and the sentence that says the same. */
export function EngagementLine(props: { engagement: Counts; total: number }): ReactNode {
  const { engagement, total } = props
  const t = useTranslations('class.mood')
  const parts = PARTS.filter(([part]) => engagement[part] > 0)
  return (
    <div className="grid gap-1.5 border-t border-line pt-3">
      <p className="text-xs font-medium text-ink-muted">{t('engagement')}</p>
      <div aria-hidden="true" className="flex h-2 gap-0.5 overflow-hidden rounded-full">
        {parts.map(([part, colour]) => (
          <span
            key={part}
            className={colour}
            style={{ width: `${((engagement[part] / Math.max(1, total)) * 100).toFixed(2)}%` }}
          />
        ))}
      </div>
      <p className="text-[0.8125rem] leading-relaxed">
        {parts
          .map(([part]) =>
            t('engagementPart', { name: t(`engagementNames.${part}`), count: engagement[part] }),
          )
          .join(' · ')}
      </p>
    </div>
  )
}
