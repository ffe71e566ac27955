'use client'

/**
 * What every page stands in: the cache of server answers, tooltips, toasts. It must never fetch by
 * itself.
 */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { HttpError } from './data/http.ts'
import { Toaster } from './toaster.tsx'
import { TooltipProvider } from './tooltip.tsx'

/** A refusal stands however often it is asked again; only silence is worth a second try. */
const worthRetrying = (failures: number, error: Error): boolean =>
  failures < 2 && error instanceof HttpError && error.status === 0

/** Wraps the document's body. */
export function Providers({ children }: { children: ReactNode }): ReactNode {
  const t = useTranslations('common')
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry: worthRetrying, staleTime: 5_000 } },
      }),
  )
  return (
    <QueryClientProvider client={client}>
      <TooltipProvider>{children}</TooltipProvider>
      <Toaster label={t('notifications')} />
    </QueryClientProvider>
  )
}
