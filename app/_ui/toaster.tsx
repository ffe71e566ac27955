'use client'

/**
 * Short messages that pass: something was copied, something in the background failed. They must
 * never hold what a person has to act on, nor be the only sign of a save (see saved-status.tsx).
 */
import type { ReactNode } from 'react'
import { Toaster as Sonner } from 'sonner'

export { toast } from 'sonner'

/** Where toasts appear; once in the app. */
export function Toaster({ label }: { label: string }): ReactNode {
  return (
    <Sonner
      position="bottom-center"
      containerAriaLabel={label}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-card border border-line bg-raised px-4 py-3 font-sans text-sm text-ink shadow-over',
          description: 'text-ink-muted',
          error: 'text-danger-ink',
          actionButton: 'rounded-lg px-2 py-1 font-medium text-accent-ink hover:bg-sunken',
        },
      }}
    />
  )
}
