'use client'

/** What the pages of support know: offers, cases from outside, and those that were opened since the page was loaded. */
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { getVault } from '../../../_vault/client.ts'
import type { CaseView } from '../../../_vault/support/verbs.ts'
import type { RouteAnswer } from '../../../_wire/routes.ts'
import { callWire } from '../../../_ui/data/wire.ts'

export const supportKeys = {
  offers: ['support'],
  cases: ['support', 'cases'],
  case: (id: string) => ['support', 'case', id],
  directory: ['support', 'directory'],
} as const

export function useOffers(): UseQueryResult<RouteAnswer<'support'>> {
  return useQuery({
    queryKey: supportKeys.offers,
    queryFn: ({ signal }) => callWire('support', {}, null, { signal }),
  })
}

export function useCases(): UseQueryResult<RouteAnswer<'listCases'>> {
  return useQuery({
    queryKey: supportKeys.cases,
    queryFn: ({ signal }) => callWire('listCases', {}, null, { signal }),
    refetchInterval: 30_000,
  })
}

export function useDirectory(): UseQueryResult<RouteAnswer<'directory'>> {
  return useQuery({
    queryKey: supportKeys.directory,
    queryFn: ({ signal }) => callWire('directory', {}, null, { signal }),
  })
}

/** Opens a case once for this visit: every opening by a helper is recorded, so nothing here opens it again by itself. */
export function useCase(id: string): UseQueryResult<CaseView> {
  return useQuery({
    queryKey: supportKeys.case(id),
    queryFn: () => getVault().call('readCase', { caseId: id }),
    staleTime: Infinity,
    gcTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  })
}

/** The words of cases that were opened since the page was loaded, by case; for searching. */
export function useOpenedWords(): (id: string) => string {
  const cache = useQueryClient()
  return (id) => {
    const view = cache.getQueryData<CaseView>(supportKeys.case(id))
    const pieces = [...(view?.messages ?? []), ...(view?.notes ?? [])]
    return pieces.map(({ content }) => content?.text ?? '').join(' ')
  }
}
