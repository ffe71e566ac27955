/**
 * From stored totals to what the charts of a course draw: pure adding-up of figures that were shown. It must never bring
 * back an interval that was not shown, nor name a person.
 */
import type { ClassHistory } from '../../../_vault/history/verbs.ts'
import { EMOTIONS } from '../../../_wire/emotions.ts'
import { IN_A_ROW, mostlyNegative } from '../../../class/_mood/hint.ts'

export const ENGAGEMENT = ['engaged', 'partiallyEngaged', 'notEngaged', 'distracted'] as const
export type Measure = 'mood' | 'engagement'

/** The parts of a bar, from its foot up; what was unclear is told beside it, not drawn. */
export const PARTS = { mood: EMOTIONS, engagement: ENGAGEMENT } as const
export type Part = (typeof EMOTIONS)[number] | (typeof ENGAGEMENT)[number]

/** One bar: how many readings of each part, over intervals that were shown. */
export interface Bar {
  /** Class id, or minutes since the class began. */
  readonly key: string
  readonly counts: Readonly<Partial<Record<Part, number>>>
  /** Sum of the counts; 0 where nothing was shown. */
  readonly sum: number
  /** Intervals that were shown, and those with too few clear readings. */
  readonly shown: number
  readonly tooFew: number
}

/** Bars that fit beside one another and can still be told apart. */
const MOST_BARS = 60
const MINUTE_MS = 60_000

type Interval = ClassHistory['intervals'][number]

function barOf(key: string, measure: Measure, intervals: readonly Interval[]): Bar {
  const counts: Partial<Record<Part, number>> = {}
  let sum = 0
  let shown = 0
  for (const interval of intervals) {
    const { counts: moods, engagement } = interval
    if (interval.tooFew || !moods || !engagement) continue
    shown++
    const figures: Readonly<Partial<Record<Part, number>>> = measure === 'mood' ? moods : engagement
    for (const part of PARTS[measure]) {
      const count = figures[part] ?? 0
      counts[part] = (counts[part] ?? 0) + count
      sum += count
    }
  }
  return { key, counts, sum, shown, tooFew: intervals.length - shown }
}

/** One bar a class, oldest first; classes of which nothing was shown have none. */
export function barsByClass(classes: readonly ClassHistory[], measure: Measure): readonly Bar[] {
  return classes
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .map(({ classId, intervals }) => barOf(classId, measure, intervals))
    .filter(({ sum }) => sum > 0)
}

/** How many minutes one bar of a class covers: one at least, more where the class was long. */
export function minutesABar({ intervals, intervalSeconds }: ClassHistory): number {
  const last = intervals.at(-1)?.interval ?? 0
  const minutes = ((last + 1) * intervalSeconds) / 60
  return Math.max(1, intervalSeconds / 60, Math.ceil(minutes / MOST_BARS))
}

/** Bars over the minutes of one class, gaps included; `key` is the minute at which a bar begins. */
export function barsByMinute(cls: ClassHistory, measure: Measure): readonly Bar[] {
  const width = minutesABar(cls)
  const groups = new Map<number, Interval[]>()
  for (const interval of cls.intervals) {
    const at = Math.floor((interval.interval * cls.intervalSeconds) / 60 / width)
    const group = groups.get(at) ?? []
    groups.set(at, group)
    group.push(interval)
  }
  const last = Math.max(-1, ...groups.keys())
  return Array.from({ length: last + 1 }, (_, at) => {
    return barOf(String(Math.round(at * width * 100) / 100), measure, groups.get(at) ?? [])
  })
}

/** A part of a lesson in which the class as a whole was low. */
export interface Stretch {
  /** Minutes since the class began. */
  readonly from: number
  readonly to: number
}

/**
 * Where at least three shown intervals in a row were mostly negative. An interval with too few readings was not shown:
 * it neither breaks a row nor counts in it.
 */
export function lowStretches({ intervals, intervalSeconds }: ClassHistory): readonly Stretch[] {
  const stretches: Stretch[] = []
  let row: Interval[] = []
  const close = (): void => {
    const [first, last] = [row[0], row.at(-1)]
    if (row.length >= IN_A_ROW && first && last) {
      const minutes = (interval: number): number => (interval * intervalSeconds) / 60
      stretches.push({ from: minutes(first.interval), to: minutes(last.interval + 1) })
    }
    row = []
  }
  for (const interval of intervals.toSorted((a, b) => a.interval - b.interval)) {
    if (interval.tooFew || !interval.counts) continue
    if (mostlyNegative(interval.counts)) row.push(interval)
    else close()
  }
  close()
  return stretches
}

/** Whole minutes of a class; at least one. */
export function lengthOf({ startedAt, endedAt }: ClassHistory): number | null {
  return endedAt === null ? null : Math.max(1, Math.round((endedAt - startedAt) / MINUTE_MS))
}
