'use client'

/**
 * The hint that the lesson itself may need a change. It names no one, and rests on totals that were
 * shown.
 */
import { Lightbulb } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ClassTotals } from '../../_vault/verbs.ts'
import { needsChange } from './hint.ts'

/** The status *Class hint*; it stands there empty, so that a screen reader hears when it speaks. */
export function ClassHint({ timeline }: { timeline: readonly ClassTotals[] }): ReactNode {
  const t = useTranslations('mood.hint')
  return (
    <div role="status" aria-label={t('name')}>
      {needsChange(timeline) ? (
        <p className="mb-3 flex animate-fade gap-2.5 rounded-control bg-warning-soft px-3 py-2.5 text-[0.8125rem] leading-relaxed text-warning-ink">
          <Lightbulb aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {t('text')}
        </p>
      ) : null}
    </div>
  )
}
