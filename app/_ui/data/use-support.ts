'use client'

/**
 * What the vault says of support for the person at this device. It asks nothing of the network by itself: the
 * vault makes its rounds whatever is on the page.
 */
import { useQueryClient, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { getVault } from '../../_vault/client.ts'
import type { SupportState } from '../../_vault/support/verbs.ts'
import { useVault } from './use-vault.ts'

const NOTHING: SupportState = { message: null, messagesOn: true }

/** The message to show, if any, and whether such messages are wanted. */
export function useSupport(): SupportState {
  const { account, state } = useVault()
  const cache = useQueryClient()
  const accountId = account?.accountId ?? ''
  const open = state === 'unlocked'
  useEffect(
    () =>
      getVault().on('support', (now) => {
        cache.setQueryData(['support-state', accountId], now)
      }),
    [cache, accountId],
  )
  const { data } = useQuery({
    queryKey: ['support-state', accountId],
    queryFn: () => getVault().call('supportState', {}),
    enabled: open,
    staleTime: Infinity,
  })
  return open && data ? data : NOTHING
}
