/**
 * Totals of a course's classes for its page: what was shown when it was shown, and nothing of one person. No part of a
 * student is fetched, let alone opened, for it.
 */
import { sentenceOf } from '../errors.ts'
import type { Totals } from '../format/totals.ts'
import type { Emit } from '../student/session.ts'
import { shownTotals } from '../teacher/shown-totals.ts'
import type { VerbArgs } from '../verbs.ts'
import { openClasses, type HistoryContext, type OpenedClass } from './open-classes.ts'
import type { ClassHistory, CourseHistory } from './verbs.ts'

/** No group is smaller, whatever a manifest says. */
const FLOOR = 2

export async function courseTotals(
  context: HistoryContext & { readonly emit: Emit },
  { courseId, last, before }: VerbArgs<'courseTotals'>,
): Promise<CourseHistory> {
  const { classes, more, missing } = await openClasses(context, courseId, {
    last,
    before,
    records: false,
    progress: (done, total) => {
      context.emit('historyProgress', { courseId, done, total })
    },
  })
  return { classes: classes.map(shownClass), more, missing }
}

function shownClass(opened: OpenedClass): ClassHistory {
  const { classId, startedAt, endedAt, intervalSeconds, minimumGroup, expiredAt } = opened
  return {
    classId,
    startedAt,
    endedAt,
    intervalSeconds,
    minimumGroup,
    expiredAt,
    intervals: opened.totals.map((totals) => shownTotals(classId, guarded(totals))),
    problems: opened.faults.map(({ code, count }) => ({ code, message: sentenceOf(code), count })),
  }
}

/** A writer that stored figures of fewer than two is not followed. */
function guarded(totals: Totals): Totals {
  const unclear = totals.shown?.counts.at(-1) ?? 0
  return totals.total - unclear < FLOOR ? { ...totals, shown: null } : totals
}
