'use client'

/**
 * The first minutes in a room: three short notes at most, once for each role on a device. It stands
 * aside, takes no focus and covers no control, so that a class begins whether it is read or not.
 */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { z } from 'zod'
import type { Readings } from '../../_call/readings/readings.ts'
import { Button } from '../../_ui/button.tsx'
import { recall, remember } from '../_state/remembered.ts'
import { useStore } from '../_state/use-store.ts'

type Step = 'controls' | 'mood' | 'readings' | 'share'

/** The tour; nothing once it was read or skipped. */
export function Tour(props: { role: string | null; readings: Readings }): ReactNode {
  const { role, readings } = props
  const t = useTranslations('devices.tour')
  const { entry, status } = useStore(readings.state)
  const key = `tour.${role ?? ''}`
  const [seen, setSeen] = useState<string | null>(null)
  const [index, setIndex] = useState(0)
  // A question that waits for an answer comes first.
  const settled = role === 'guest' || status === 'off' || (status === 'running' && entry !== null)
  if (role === null || !settled || entry?.consent.state === 'ask') return null
  if (seen === key || recall(key, z.boolean()) === true) return null

  const steps = stepsFor(role, entry !== null && entry.readings !== 'off')
  const step = steps[index] ?? 'controls'
  const last = index >= steps.length - 1
  const end = (): void => {
    remember(key, true)
    setSeen(key)
  }
  return (
    <section
      aria-label={t('title')}
      className="fixed top-16 left-3 z-20 grid w-[min(20rem,calc(100vw-1.5rem))] animate-fade gap-3 rounded-panel border border-line bg-raised p-5 shadow-over sm:left-5"
    >
      <div className="grid gap-1.5" aria-live="polite">
        <p className="text-xs text-ink-muted tabular-nums">
          {t('step', { step: index + 1, steps: steps.length })}
        </p>
        <h2 className="font-semibold tracking-tight">{t(`${step}Title`)}</h2>
        <p className="text-sm leading-relaxed text-ink-muted">{t(step)}</p>
      </div>
      <div className="flex justify-between gap-2">
        {last ? (
          <span />
        ) : (
          <Button variant="quiet" size="sm" onClick={end}>
            {t('skip')}
          </Button>
        )}
        <Button
          size="sm"
          onClick={() => {
            if (last) end()
            else setIndex(index + 1)
          }}
        >
          {last ? t('done') : t('next')}
        </Button>
      </div>
    </section>
  )
}

function stepsFor(role: string, withReadings: boolean): readonly Step[] {
  if (!withReadings || role === 'guest') return ['controls']
  return role === 'teacher' ? ['controls', 'mood', 'share'] : ['controls', 'readings']
}
