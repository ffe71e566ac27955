'use client'

/**
 * The one `status` of a page that says whether what a person changed is kept. It stays in the
 * document while it is silent, so that a screen reader hears it speak. A page has exactly one; it
 * must never say *Saved* before the server has answered.
 */
import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { SpinnerRing } from './spinner.tsx'

export type SaveState = 'idle' | 'saving' | 'saved'

/** A pill at the bottom of the window: *Saving…*, then *Saved*. */
export function SavedStatus({ state }: { state: SaveState }): ReactNode {
  const t = useTranslations('common')
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-6 z-30 flex justify-center px-4">
      <div
        role="status"
        className={cx(
          'flex items-center gap-2 rounded-full text-sm font-medium',
          state !== 'idle' && 'animate-rise border border-line bg-raised px-4 py-2 shadow-over',
        )}
      >
        {state === 'saving' ? (
          <>
            <SpinnerRing className="size-4 text-accent" />
            {t('saving')}
          </>
        ) : null}
        {state === 'saved' ? (
          <>
            <Check aria-hidden="true" className="size-4 text-success-ink" />
            {t('saved')}
          </>
        ) : null}
      </div>
    </div>
  )
}
