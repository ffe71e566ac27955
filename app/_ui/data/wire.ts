'use client'

/**
 * How a page asks web for what needs no key, with the answers kept for a moment by react-query. It
 * must never carry a secret; those go through the vault.
 */
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { createWireCall } from '../../_wire/client.ts'
import { routes, type RouteAnswer } from '../../_wire/routes.ts'
import { pageFetch } from './page-fetch.ts'

/** Calls a route of this origin. */
export const callWire = createWireCall(pageFetch, routes)

/** Keys of what is kept, so that a change can name what it makes stale. */
export const keys = {
  courses: ['courses'],
  course: (id: string) => ['course', id],
  invite: (token: string) => ['invite', token],
  policy: ['policy'],
  people: ['people'],
  person: (id: string) => ['person', id],
  invitations: ['invitations'],
  retention: ['retention'],
} as const

/** Something live on a course page (a class that starts) shows after so long at the latest. */
const LIVE_REFRESH_MS = 10_000

/** My courses. */
export function useCourses(): UseQueryResult<RouteAnswer<'listCourses'>> {
  return useQuery({
    queryKey: keys.courses,
    queryFn: ({ signal }) => callWire('listCourses', {}, null, { signal }),
    refetchInterval: LIVE_REFRESH_MS,
  })
}

/** One course with its people and settings. */
export function useCourse(id: string): UseQueryResult<RouteAnswer<'course'>> {
  return useQuery({
    queryKey: keys.course(id),
    queryFn: ({ signal }) => callWire('course', { id }, null, { signal }),
    refetchInterval: LIVE_REFRESH_MS,
  })
}

/** What an invitation leads to. */
export function useInvite(token: string): UseQueryResult<RouteAnswer<'invite'>> {
  return useQuery({
    queryKey: keys.invite(token),
    queryFn: ({ signal }) => callWire('invite', { token }, null, { signal }),
  })
}

/** The school's policy and its log. */
export function usePolicy(): UseQueryResult<RouteAnswer<'policy'>> {
  return useQuery({
    queryKey: keys.policy,
    queryFn: ({ signal }) => callWire('policy', {}, null, { signal }),
  })
}
