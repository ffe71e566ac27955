'use client'

/**
 * What a person sees when a page breaks: what is safe, what to do, a code to pass on. It must never
 * show the error's own text, which may hold what others should not read.
 */
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { AppShell } from './_ui/app-shell.tsx'
import { Button } from './_ui/button.tsx'
import { ErrorState } from './_ui/states.tsx'

export default function PageError(props: {
  error: Error & { digest?: string }
  reset: () => void
}): ReactNode {
  const t = useTranslations('common')
  return (
    <AppShell narrow>
      <ErrorState
        level={1}
        title={t('crashTitle')}
        action={<Button onClick={props.reset}>{t('tryAgain')}</Button>}
      >
        <p>{t('crashText', { code: props.error.digest ?? props.error.name })}</p>
      </ErrorState>
    </AppShell>
  )
}
