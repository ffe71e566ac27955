'use client'

/**
 * The opened totals of a course for its page, a page of classes at a time, with how far an opening has come. What it
 * holds are totals as they were shown, in this tab's memory alone.
 */
import { type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getVault } from '../../../_vault/client.ts'
import type { ClassHistory, CourseHistory } from '../../../_vault/history/verbs.ts'

const CLASSES_A_PAGE = 30

export interface OpenedCourse {
  readonly query: UseInfiniteQueryResult
  /** Newest first, all pages so far. */
  readonly classes: readonly ClassHistory[]
  readonly missing: readonly number[]
  readonly opened: boolean
  readonly progress: { readonly done: number; readonly total: number } | null
}

/** @param lastEnd changes when a class ends, so that its totals come by themselves */
export function useCourseHistory(courseId: string, lastEnd: number | null): OpenedCourse {
  const [progress, setProgress] = useState<OpenedCourse['progress']>(null)
  useEffect(
    () =>
      getVault().on('historyProgress', (told) => {
        if (told.courseId === courseId) setProgress({ done: told.done, total: told.total })
      }),
    [courseId],
  )
  const query = useInfiniteQuery({
    queryKey: ['course-history', courseId, lastEnd],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }): Promise<CourseHistory> =>
      getVault().call('courseTotals', { courseId, last: CLASSES_A_PAGE, before: pageParam }),
    getNextPageParam: (page: CourseHistory) => (page.more ? page.classes.at(-1)?.startedAt : null),
    staleTime: 30_000,
  })
  const pages = query.data?.pages ?? []
  return {
    query,
    classes: pages.flatMap(({ classes }) => classes),
    missing: pages.flatMap(({ missing }) => missing),
    opened: query.data !== undefined,
    progress: query.isFetching ? progress : null,
  }
}
