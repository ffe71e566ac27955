'use client'

/**
 * Says when the call is not connected, and that it is again. While all is well it says nothing.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Call } from '../../_call/index.ts'
import { SpinnerRing } from '../../_ui/spinner.tsx'
import { useStore } from '../_state/use-store.ts'

/** The state of the connection, announced when it changes. */
export function ConnectionBadge({ call }: { call: Call }): ReactNode {
  const t = useTranslations('class.connection')
  const { connection } = useStore(call.state)
  return (
    <div role="status" aria-live="polite">
      {connection === 'connected' ? null : (
        <p className="flex animate-fade items-center gap-2 rounded-full bg-warning-soft px-3 py-1.5 text-sm text-warning-ink">
          <SpinnerRing className="size-4" />
          {t(connection)}
        </p>
      )}
    </div>
  )
}
