/**
 * Opens the stored classes of a course for a holder of its keys: every writer's chain checked against its manifests and
 * against the heads last seen, all writers merged, one of each record, totals as they were shown. What is missing,
 * altered, foreign or sealed to keys that this account does not hold is named, class by class, and never skipped unsaid.
 * What it answers stays in the worker; a page is given totals alone (`course-totals.ts`).
 */
import type { HistoryClass } from '../../_wire/history.ts'
import type { OpenAccount } from '../account.ts'
import { VaultError, type VaultErrorCode } from '../errors.ts'
import type { RecordBody } from '../format/record.ts'
import type { Totals } from '../format/totals.ts'
import type { Http } from '../http.ts'
import { courseSecrets, loadCourse } from '../roster/course-view.ts'
import type { Roster } from '../roster/roster.ts'
import { ChainBook } from '../teacher/chain.ts'
import {
  freshHeads,
  headsOf,
  readCourseHeads,
  writeHeads,
  type ClassHeads,
} from '../teacher/heads.ts'
import { ChunkLoader, type CourseSecret } from '../teacher/loader.ts'
import { listClasses } from './list-classes.ts'
import { mergeTotals } from './merge-totals.ts'
import { RecordBook } from './record-book.ts'

export interface HistoryContext {
  readonly http: Http
  readonly me: OpenAccount
  /** Lets other work of this worker through, between two chunks. */
  readonly breathe: () => Promise<void>
  /** Takes in what students or this device had left of ended classes, before they are opened. */
  readonly settle?: (courseId: string) => Promise<void>
}

export interface OpenOptions {
  /** How many of the newest classes; all when left out. */
  readonly last?: number | undefined
  /** Only classes that started before this moment (milliseconds since 1970): the next page. */
  readonly before?: number | undefined
  /** Only classes that have ended. */
  readonly ended?: boolean | undefined
  /** Only classes whose key belongs to one of these generations; the others are not even fetched. */
  readonly generations?: ((generation: number) => boolean) | undefined
  /** False: totals alone, for which no part is fetched. */
  readonly records: boolean
  readonly progress?: ((done: number, total: number) => void) | undefined
}

/** What was wrong in one class; `code` is one of `errors.ts`. */
export interface HistoryFault {
  readonly code: VaultErrorCode
  /** How many pieces it touches. */
  readonly count: number
}

export interface OpenedClass {
  readonly classId: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly intervalSeconds: number
  readonly minimumGroup: number
  readonly generation: number
  /** When its readings had had their time; then there is nothing else. */
  readonly expiredAt: number | null
  /** As shown, one an interval, in their order. */
  readonly totals: readonly Totals[]
  /** Everyone who attended with a part, with their records by interval; empty when records were not asked for. */
  readonly students: ReadonlyMap<string, readonly RecordBody[]>
  readonly faults: readonly HistoryFault[]
}

export interface OpenedHistory {
  readonly roster: Roster
  /** Newest first. */
  readonly classes: readonly OpenedClass[]
  /** True: older classes were left out, by `last`. */
  readonly more: boolean
  /** Starts of classes whose history was seen before and which web does not list any more. */
  readonly missing: readonly number[]
}

/** Classes that are fetched side by side. */
const SIDE_BY_SIDE = 4

/**
 * Opens the classes of a course that took readings.
 * @throws VaultError when the course's roster does not hold, or web refuses; faults of one class are in its `faults`
 */
export async function openClasses(
  context: HistoryContext,
  courseId: string,
  options: OpenOptions,
): Promise<OpenedHistory> {
  const { http, me } = context
  await context.settle?.(courseId)
  const [{ roster }, heads, listed] = await Promise.all([
    loadCourse(http, me, courseId),
    readCourseHeads(http, me.keys, courseId),
    listClasses(http, courseId, options),
  ])
  const courseSecret = courseSecrets(roster, me)
  const { more } = listed
  const classes = listed.classes.filter(
    ({ generation }) => options.generations?.(generation) ?? true,
  )
  const opened: OpenedClass[] = []
  const seen: ClassHeads[] = []
  let done = 0
  const open = async (at: number): Promise<void> => {
    const row = classes[at]
    if (!row) return
    const book = new ChainBook({
      classId: row.id,
      startedAt: row.startedAt,
      roster,
      withParts: options.records,
    })
    if (row.expiredAt === null) book.expect(headsOf(heads, row.id))
    opened[at] = await openOne(context, row, { roster, book, courseSecret }, options.records)
    seen.push({ classId: row.id, startedAt: row.startedAt, heads: book.heads() })
    options.progress?.(++done, classes.length)
    await open(at + SIDE_BY_SIDE)
  }
  options.progress?.(0, classes.length)
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, (_, lane) => open(lane)))
  const fresh = freshHeads(heads, seen)
  if (fresh.length > 0) await writeHeads(http, me.keys, courseId, fresh)
  return { roster, classes: opened, more, missing: missingClasses(heads, listed, options) }
}

function missingClasses(
  known: readonly ClassHeads[],
  { classes, more }: Awaited<ReturnType<typeof listClasses>>,
  { before = Infinity }: OpenOptions,
): readonly number[] {
  const from = more ? (classes.at(-1)?.startedAt ?? Infinity) : -Infinity
  const listed = new Set<string>(classes.map(({ id }) => id))
  return known
    .filter(({ startedAt }) => startedAt < before && startedAt >= from)
    .filter(({ classId }) => !listed.has(classId))
    .map(({ startedAt }) => startedAt)
}

interface ClassParts {
  readonly roster: Roster
  readonly book: ChainBook
  readonly courseSecret: CourseSecret
}

async function openOne(
  { http, breathe }: HistoryContext,
  row: HistoryClass,
  { roster, book, courseSecret }: ClassParts,
  withRecords: boolean,
): Promise<OpenedClass> {
  const records = new RecordBook(row.id, roster)
  const faults = new Map<VaultErrorCode, number>()
  const count = (code: VaultErrorCode): void => void faults.set(code, (faults.get(code) ?? 0) + 1)
  const loader = new ChunkLoader({
    http,
    classId: row.id,
    ledger: records,
    book,
    courseSecret,
    report: (error) => {
      if (!(error instanceof VaultError)) throw error
      count(faultOf(error))
    },
    parts: withRecords,
    breathe,
  })
  const totals = await loader.loadFromWeb()
  for (const { code } of book.newFaults()) count(code)
  return {
    classId: row.id,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    intervalSeconds: row.intervalSeconds,
    minimumGroup: row.minimumGroup,
    generation: row.generation,
    expiredAt: row.expiredAt,
    totals: mergeTotals(totals),
    students: records.byStudent(),
    faults: [...faults].map(([code, number]) => ({ code, count: number })),
  }
}

/** Of a part or record that did not open: its own code where a person can use it. */
function faultOf(error: VaultError): VaultErrorCode {
  if (error.code === 'not-a-holder' || error.code === 'generation-broken') return error.code
  return error.code === 'key-missing' ? 'key-missing' : 'part-altered'
}
