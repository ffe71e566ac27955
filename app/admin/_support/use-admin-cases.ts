'use client'

/** The school's cases from outside, and its trusted staff. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { RouteAnswer } from '../../_wire/routes.ts'
import { callWire } from '../../_ui/data/wire.ts'

export const adminSupportKeys = { cases: ['admin', 'cases'] } as const

export function useAdminCases(): UseQueryResult<RouteAnswer<'adminCases'>> {
  return useQuery({
    queryKey: adminSupportKeys.cases,
    queryFn: ({ signal }) => callWire('adminCases', {}, null, { signal }),
  })
}
