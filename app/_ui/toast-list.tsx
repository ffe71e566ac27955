'use client'

/** Draws the passing messages. It must never hold one back: what was said before it came, it shows. */
import { useEffect, type ReactNode } from 'react'
import { toast as sonner, Toaster as Sonner } from 'sonner'
import type { ShowToast } from './toaster.tsx'

const SHOW = { message: sonner, error: sonner.error, success: sonner.success }

const show: ShowToast = ({ kind, text, id }) => {
  SHOW[kind](text, id === null ? {} : { id })
}

/** The messages, newest in front. */
export function ToastList(props: {
  label: string
  /** Told what shows a message, once that is there; null when it is gone. */
  onShow: (show: ShowToast | null) => void
}): ReactNode {
  const { label, onShow } = props
  useEffect(() => {
    onShow(show)
    return () => {
      onShow(null)
    }
  }, [onShow])
  return (
    <Sonner
      position="bottom-center"
      containerAriaLabel={label}
      // Above the controls of a call.
      offset={{ bottom: '6rem' }}
      mobileOffset={{ bottom: '8.5rem' }}
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
