'use client'

/**
 * The first minutes in a room: three short notes at most, once for each role on a device. It stands in
 * the line of notices above the people, takes no focus and covers nothing, so that a class begins
 * whether it is read or not.
 */
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import * as z from 'zod'
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
      className="mx-3 mb-2 flex shrink-0 animate-fade flex-wrap items-center justify-end gap-x-6 gap-y-2 rounded-card border border-line bg-raised py-3 pr-3 pl-4 sm:mx-4"
    >
      <div className="min-w-0 flex-1 basis-72 text-sm leading-relaxed" aria-live="polite">
        <h2 className="flex items-baseline gap-2 font-semibold tracking-tight">
          {t(`${step}Title`)}
          {steps.length === 1 ? null : (
            <span className="text-xs font-normal text-ink-muted tabular-nums">
              {t('step', { step: index + 1, steps: steps.length })}
            </span>
          )}
        </h2>
        <p className="max-w-prose text-ink-muted">{t(step)}</p>
      </div>
      <div className="flex gap-2">
        {last ? null : (
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
