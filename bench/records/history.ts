/**
 * Opening a course's history as its teacher's vault does: stored classes with real signed records, sealed parts and
 * chained manifests, answered by a transport that stands in for web, so that the vault's own time is all there is. One
 * record a student and interval. It must never count the making of the classes.
 */
import { randomUUID } from 'node:crypto'
import { openClasses } from '../../app/_vault/history/open-classes.ts'
import { createHttp } from '../../app/_vault/http.ts'
import { ChunkWriter, type ChunkBody } from '../../app/_vault/teacher/chunk-writer.ts'
import type { LedgerEntry } from '../../app/_vault/teacher/ledger.ts'
import { sodium } from '../../app/_vault/sodium.ts'
import { boxBody } from '../../app/_wire/accounts.ts'
import { BenchError } from '../report/part.ts'
import { makeCourse, openTeacher, readingOf, signedReading, type BenchCourse } from './course.ts'

export interface HistorySize {
  readonly classes: number
  readonly students: number
  readonly intervals: number
}

export interface HistoryOpening extends HistorySize {
  readonly records: boolean
  readonly cpuSeconds: number
  readonly seconds: number
  readonly opened: number
}

interface StoredClass {
  readonly row: object
  readonly chunks: readonly ChunkBody[]
}

const INTERVAL_SECONDS = 120

/**
 * One stored class: a chunk an interval, the last of which closes the chain.
 * @param empty without records in its parts, which are of one size all the same: for totals alone
 */
function storeClass(
  course: BenchCourse,
  number: number,
  intervals: number,
  empty: boolean,
): StoredClass {
  const id = randomUUID()
  const startedAt = Date.UTC(2026, 0, 1) + number * 86_400_000
  const [generation] = course.answer.generations
  const newest = course.roster.newestGeneration()
  if (newest === undefined || generation === undefined) throw new TypeError('a generation')
  const writer = new ChunkWriter(openTeacher(course), id, newest)
  const present = new Set(course.students.map(({ accountId }) => accountId))
  const streams = course.students.map(() => sodium.randombytes_buf(16))
  const chunks = Array.from({ length: intervals }, (_, interval) => {
    const pending = new Map<string, readonly LedgerEntry[]>(
      (empty ? [] : course.students).map((student, at) => {
        const stream = streams[at] ?? new Uint8Array(16)
        const body = readingOf(student, id, stream, interval)
        const entry: LedgerEntry = {
          identity: `${at}/${interval}`,
          accountId: student.accountId,
          stream,
          sequence: interval,
          interval,
          mark: '',
          signed: signedReading(student, body),
          state: 'pending',
        }
        return [student.accountId, [entry]]
      }),
    )
    const closing = interval === intervals - 1
    const { roster } = course
    return writer.write({ present, pending, totals: null, otherHeads: [], closing, roster }).body
  })
  const row = {
    id,
    startedAt,
    endedAt: startedAt + intervals * INTERVAL_SECONDS * 1000,
    readings: 'expression',
    intervalSeconds: INTERVAL_SECONDS,
    minimumGroup: 2,
    generation: generation.number,
    chunks: chunks.length,
    lateRecords: 0,
    expiredAt: null,
  }
  return { row, chunks }
}

/** Answers what the vault asks web for, from what was stored. */
function transportOf(course: BenchCourse, stored: readonly StoredClass[]): typeof fetch {
  const byId = new Map(stored.map((one) => [String(Reflect.get(one.row, 'id')), one]))
  const boxes = new Map<string, { version: number; box: string }>()
  const answerOf = (path: string, query: URLSearchParams, init: RequestInit): unknown => {
    const box = /^\/api\/account\/boxes\/(.+)$/.exec(path)?.[1]
    if (box !== undefined) {
      const known = boxes.get(box) ?? { version: 0, box: null }
      if (init.method !== 'PUT') return known
      const { box: next } = boxBody.parse(
        JSON.parse(typeof init.body === 'string' ? init.body : ''),
      )
      boxes.set(box, { version: known.version + 1, box: next })
      return { version: known.version + 1 }
    }
    if (path.endsWith('/roster')) return course.answer
    if (path.endsWith('/history')) return { classes: stored.map(({ row }) => row), next: null }
    const cls = byId.get(path.split('/')[3] ?? '')
    const withParts = query.get('parts') !== 'none'
    return chunksAnswer(cls?.chunks ?? [], withParts)
  }
  return (input, init = {}) => {
    if (typeof input !== 'string') throw new TypeError('a path')
    const url = new URL(input, 'http://localhost')
    return Promise.resolve(Response.json(answerOf(url.pathname, url.searchParams, init)))
  }
}

function chunksAnswer(chunks: readonly ChunkBody[], withParts: boolean): unknown {
  return {
    chunks: chunks.map(({ writer, number, manifest, closing, parts }) => ({
      writer,
      number,
      manifest,
      closing,
      storedAt: 0,
      parts: withParts ? parts : [],
    })),
    contentKeys: withParts
      ? chunks.flatMap(({ writer, contentKeys }) =>
          contentKeys.map(({ accountId, forCourse }) => ({ writer, accountId, key: forCourse })),
        )
      : [],
    next: null,
  }
}

/** Makes the largest history, then opens its first classes by the sizes given. */
export async function measureHistory(
  size: HistorySize,
  openings: readonly { readonly classes: number; readonly records: boolean }[],
  say: (text: string) => void,
): Promise<readonly HistoryOpening[]> {
  const course = await makeCourse(size.students)
  const stored: StoredClass[] = []
  const full = Math.max(...openings.map(({ classes, records }) => (records ? classes : 0)))
  for (let number = 0; number < size.classes; number++) {
    stored.push(storeClass(course, number, size.intervals, number >= full))
    if (number % 10 === 9) say(`${number + 1} of ${size.classes} classes made`)
  }
  const measured: HistoryOpening[] = []
  for (const { classes, records } of openings) {
    const transport = transportOf(course, stored.slice(0, classes))
    const http = createHttp(transport, () => undefined)
    const me = openTeacher(course)
    const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
    const [cpu, began] = [process.cpuUsage(), performance.now()]
    const opened = await openClasses({ http, me, breathe }, course.courseId, { records })
    const { user, system } = process.cpuUsage(cpu)
    const seconds = (performance.now() - began) / 1000
    measured.push({
      ...size,
      classes,
      records,
      cpuSeconds: (user + system) / 1e6,
      seconds,
      opened: opened.classes.reduce((sum, { students }) => sum + recordsIn(students), 0),
    })
    say(`${classes} classes${records ? ' with records' : ''}: ${seconds.toFixed(1)} s`)
    const faults = opened.classes.flatMap((one) => one.faults)
    if (faults.length > 0)
      throw new BenchError(
        'service-failed',
        `The stored classes have faults: ${faults[0]?.code ?? ''}.`,
      )
  }
  return measured
}

const recordsIn = (students: ReadonlyMap<string, readonly unknown[]>): number =>
  [...students.values()].reduce((sum, records) => sum + records.length, 0)
