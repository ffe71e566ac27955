'use client'

/**
 * Saying by hand how it goes: eight answers, one tap. A tap is a wish to say it; no tap says
 * nothing.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Readings } from '../../_call/readings/readings.ts'
import { cx } from '../../_ui/cx.ts'
import { EMOTIONS } from '../../_wire/emotions.ts'
import { EmotionSwatch } from '../_mood/emotion-swatch.tsx'
import { useStore } from '../_state/use-store.ts'

/** A bar of check-in buttons; absent where the class has none. */
export function CheckIns({ readings }: { readings: Readings }): ReactNode {
  const t = useTranslations('class')
  const { status, entry, tapped } = useStore(readings.state)
  if (status !== 'running' || entry?.readings !== 'check-ins') return null
  // The dialog asks; nothing is said of an answer before there is one.
  if (entry.consent.state === 'ask') return null
  if (entry.consent.state === 'declined') {
    return (
      <p className="shrink-0 px-4 pt-3 text-center text-sm text-ink-muted">
        {t('readings.checkInDeclined')}
      </p>
    )
  }
  return (
    <section
      aria-label={t('readings.checkInQuestion')}
      className="flex shrink-0 flex-wrap items-center justify-center gap-x-4 gap-y-2 px-4 pt-3"
    >
      <p className="text-sm font-medium">{t('readings.checkInQuestion')}</p>
      <div
        role="group"
        aria-label={t('readings.checkInQuestion')}
        className="flex flex-wrap justify-center gap-1.5"
      >
        {EMOTIONS.map((emotion) => (
          <button
            key={emotion}
            type="button"
            aria-pressed={tapped === emotion}
            onClick={() => {
              void readings.checkIn(emotion)
            }}
            className={cx(
              'flex h-10 items-center gap-2 rounded-full border border-line bg-raised px-3.5 text-sm transition-colors hover:border-line-strong',
              tapped === emotion && 'border-accent bg-accent-soft font-medium text-accent-ink',
            )}
          >
            <EmotionSwatch emotion={emotion} />
            {t(`mood.emotions.${emotion}`)}
          </button>
        ))}
      </div>
      <p aria-live="polite" className="w-full text-center text-xs text-ink-muted">
        {tapped === null ? t('readings.checkInHint') : t('readings.checkInTapped')}
      </p>
    </section>
  )
}
