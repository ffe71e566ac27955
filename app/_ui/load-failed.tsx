'use client'

/**
 * What a page shows when its data did not come: the reason in words and a button that asks again.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { sentenceFor } from './data/failure.ts'
import { ErrorState } from './states.tsx'

/** A failed load with *Try again*. */
export function LoadFailed(props: { error: unknown; retry: () => Promise<unknown> }): ReactNode {
  const t = useTranslations('common')
  return (
    <ErrorState
      level={1}
      title={t('failedTitle')}
      action={
        <Button
          onClick={async () => {
            await props.retry()
          }}
        >
          {t('tryAgain')}
        </Button>
      }
    >
      {t('failedAdvice', { reason: sentenceFor(props.error) })}
    </ErrorState>
  )
}
