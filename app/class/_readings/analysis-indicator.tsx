'use client'

/**
 * Stands in sight for as long as analysis runs on this device, so that nobody is read unawares.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Readings } from '../../_call/readings/readings.ts'
import { Badge } from '../../_ui/badge.tsx'
import { useStore } from '../_state/use-store.ts'

/** A badge; absent while analysis is off. */
export function AnalysisIndicator({ readings }: { readings: Readings }): ReactNode {
  const t = useTranslations('class.readings')
  const { analysis } = useStore(readings.state)
  if (analysis === 'off') return null
  if (analysis === 'on') {
    return (
      <Badge tone="accent" live>
        {t('running')}
      </Badge>
    )
  }
  return <Badge tone={analysis === 'failed' ? 'warning' : 'neutral'}>{t(analysis)}</Badge>
}
