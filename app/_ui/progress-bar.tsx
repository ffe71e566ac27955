'use client'

/**
 * How far something has come, with words. It must never move backwards for show.
 */
import * as Radix from 'radix-ui/progress'
import type { ReactNode } from 'react'

/** A bar for `value` of `max`; null while how far it has come is unknown. */
export function ProgressBar(props: {
  label: string
  value: number | null
  max?: number
}): ReactNode {
  const { label, value, max = 1 } = props
  const percent = value === null ? 40 : Math.round((Math.min(value, max) / max) * 100)
  return (
    <div className="grid gap-2">
      <p className="text-sm text-ink-muted">{label}</p>
      <Radix.Root
        aria-label={label}
        value={value}
        max={max}
        className="h-2 overflow-hidden rounded-full bg-sunken"
      >
        <Radix.Indicator
          className="h-full rounded-full bg-accent transition-[width] duration-300 data-[state=indeterminate]:animate-pulse"
          style={{ width: `${percent}%` }}
        />
      </Radix.Root>
    </div>
  )
}
