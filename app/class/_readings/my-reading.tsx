'use client'

/**
 * A student's own last reading, as it left this device; shown to that student alone.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Readings } from '../../_call/readings/readings.ts'
import { emotionOf } from '../../_emotion/reading.ts'
import type { EmotionName, OwnReading } from '../../_vault/verbs.ts'
import { EmotionSwatch } from '../_mood/emotion-swatch.tsx'
import { useStore } from '../_state/use-store.ts'

/** What a reading says: an emotion, `unclear`, or null for none at all. */
function meaningOf(reading: OwnReading | null): EmotionName | 'unclear' | null {
  if (reading === null || reading.kind === 'none') return null
  if (reading.kind === 'check-in') return reading.emotion
  const { probabilities, quality } = reading
  return quality === 0 ? (emotionOf({ probabilities, quality }) ?? 'unclear') : 'unclear'
}

/** The status *My reading*; absent where the class has no readings. */
export function MyReading({ readings }: { readings: Readings }): ReactNode {
  const t = useTranslations('class')
  const { status, last } = useStore(readings.state)
  if (status !== 'running') return null
  const meaning = last === null ? null : meaningOf(last.reading)
  const nothing = last === null ? t('readings.myReadingNone') : t('readings.noReading')
  return (
    <div
      role="status"
      aria-label={t('readings.myReading')}
      data-interval={last?.interval}
      className="flex min-w-0 items-baseline gap-2 text-sm"
    >
      <span className="hidden shrink-0 text-ink-muted sm:inline">{t('readings.myReading')}</span>
      <span className="flex min-w-0 items-center gap-1.5 font-medium">
        {meaning === null ? null : <EmotionSwatch emotion={meaning} />}
        <span className="truncate">
          {meaning === null ? nothing : t(`mood.emotions.${meaning}`)}
        </span>
      </span>
    </div>
  )
}
