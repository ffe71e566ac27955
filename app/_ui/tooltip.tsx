'use client'

/**
 * A short hint beside what it names, on hover and on keyboard focus. It must never hold anything
 * that a person needs and cannot find elsewhere: touch screens show no tooltips.
 */
import * as Radix from 'radix-ui/tooltip'
import type { ReactNode } from 'react'

/** Wraps the app once, so that moving from tooltip to tooltip is quick. */
export function TooltipProvider({ children }: { children: ReactNode }): ReactNode {
  return (
    <Radix.Provider delayDuration={500} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  )
}

export interface TooltipProps {
  text: string
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** The one element that the hint is about. */
  children: ReactNode
}

/** Presses of Escape that took a hint away and did nothing else. */
const spentOnHints = new WeakSet<Event>()

/** Whether a press of Escape was somebody's already. One that took a hint away goes on to what is below. */
export function isEscapeSpent(event: Event): boolean {
  return event.defaultPrevented && !spentOnHints.has(event)
}

/** Shows `text` beside its child. */
export function Tooltip({ text, side = 'bottom', children }: TooltipProps): ReactNode {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={8}
          collisionPadding={8}
          onEscapeKeyDown={(event) => spentOnHints.add(event)}
          className="z-60 max-w-72 animate-fade rounded-lg bg-ink px-2.5 py-1.5 text-xs text-surface shadow-floating"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
