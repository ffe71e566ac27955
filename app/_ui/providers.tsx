'use client'

/**
 * What every page stands in: the cache of server answers, tooltips, toasts. It must never fetch by
 * itself.
 */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useState, type ReactNode } from 'react'
import { getVault } from '../_vault/client.ts'
import { isSilence } from './data/failure.ts'
import { Toaster } from './toaster.tsx'
import { TooltipProvider } from './tooltip.tsx'

/** A refusal stands however often it is asked again; only silence is worth a second try. */
const worthRetrying = (failures: number, error: Error): boolean => failures < 2 && isSilence(error)

/** Wraps the document's body. */
export function Providers({ children }: { children: ReactNode }): ReactNode {
  const t = useTranslations('common')
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry: worthRetrying, staleTime: 5_000 } },
      }),
  )
  useEffect(() => {
    // The next person at this device must not see what the last one had loaded.
    let signedIn = false
    return getVault().on('state', (status) => {
      if (signedIn && status.state === 'signed-out') client.clear()
      signedIn = status.account !== null
    })
  }, [client])
  return (
    <QueryClientProvider client={client}>
      <TooltipProvider>{children}</TooltipProvider>
      <Toaster label={t('notifications')} />
    </QueryClientProvider>
  )
}
