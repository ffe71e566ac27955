/**
 * The vault worker in a real browser: records a second that a student's side seals and a teacher's side takes in, and
 * what five hundred students cost a teacher's worker. The records are sealed here, before, so that no part of their
 * making is counted.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from '@playwright/test'
import { idToBytes } from '../../app/_vault/format/bytes.ts'
import { sodium, toB64u } from '../../app/_vault/sodium.ts'
import { openPage } from '../../models/evaluation/browser/browser.ts'
import { BenchError } from '../report/part.ts'
import type { Setup } from './browser/messages.ts'
import { makeCourse, readingOf, sealedReading, type BenchCourse } from './course.ts'

export interface VaultWorkerFigures {
  readonly students: number
  readonly intervalSeconds: number
  readonly sealedPerSecond: number
  readonly takenPerSecond: number
  readonly run: {
    readonly records: number
    readonly seconds: number
    /** Shares of a core: the worker's thread, and everything in the page's process beside it. */
    readonly workerCore: number
    readonly restCore: number
    readonly totalsAfterMs: readonly number[]
    readonly receipts: number
  }
}

interface Prepared {
  readonly setup: Setup
  readonly records: Buffer
}

/** A class of a course, and its sealed records by interval and student. */
async function prepare(
  course: BenchCourse,
  intervalSeconds: number,
  intervals: number,
): Promise<Prepared> {
  const classId = randomUUID()
  const pair = sodium.crypto_box_keypair()
  const { teacher, students } = course
  const members = students.map(({ accountId }) => {
    return { memberId: randomUUID(), accountId, role: 'student' as const }
  })
  const streams = students.map(() => randomBytes(16))
  const records = Array.from({ length: intervals }, (_, interval) =>
    students.map((student, at) => {
      const body = readingOf(student, classId, streams[at] ?? randomBytes(16), interval)
      const sealed = sealedReading(student, body, pair.publicKey)
      return Buffer.concat([idToBytes(members[at]?.memberId ?? ''), sealed])
    }),
  )
  const { keys, accountId } = teacher
  const accountKey = await keys.lendAccountKey((key) => Promise.resolve(toB64u(key)))
  const setup: Setup = {
    roster: course.answer,
    root: toB64u(course.roster.root),
    accountId,
    accountKey,
    privateBox: toB64u(keys.privateBox()),
    publicSign: toB64u(keys.public.sign),
    publicBox: toB64u(keys.public.box),
    courseSecret: toB64u(course.coursePair.privateKey),
    classPublicKey: toB64u(pair.publicKey),
    classPrivateKey: toB64u(pair.privateKey),
    classId,
    intervalSeconds,
    members: [...members, { memberId: randomUUID(), accountId, role: 'teacher' }],
  }
  return { setup, records: Buffer.concat(records.flat()) }
}

/** Processor seconds of the renderers' threads: those of dedicated workers, and all others. */
function threadSeconds(browser: ReadonlySet<number>): { worker: number; rest: number } {
  const used = { worker: 0, rest: 0 }
  for (const pid of browser) {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const seconds = (Number(fields[11]) + Number(fields[12])) / 100
      if (name.startsWith('DedicatedWorker')) used.worker += seconds
      else used.rest += seconds
    }
  }
  return used
}

async function renderersOf(browser: Browser): Promise<ReadonlySet<number>> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return new Set(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id))
}

/** Measures with so many students; `intervals` long in real time. */
export async function measureVaultWorker(
  students: number,
  intervals: number,
  say: (text: string) => void,
): Promise<VaultWorkerFigures> {
  const intervalSeconds = 5
  const course = await makeCourse(students)
  // One interval too long to end for the burst; and one more than is waited for, since the last chunk comes after it.
  const burst = await prepare(course, 3600, 4)
  const steady = await prepare(course, intervalSeconds, intervals)
  const files = [burst, steady].flatMap(({ setup, records }) => [
    Buffer.from(JSON.stringify(setup)),
    records,
  ])
  const { page, close } = await openPage(
    'records.html',
    { picture: (index) => Promise.resolve(files[index] ?? null) },
    { folder: fileURLToPath(new URL('browser/', import.meta.url)) },
  )
  try {
    const browser = page.context().browser()
    if (browser === null) throw new Error('the page has a browser')
    const sealed = 2_000
    const sealSeconds = await page.evaluate((count) => window.records.seal(count), sealed)
    say(`${(sealed / sealSeconds).toFixed(0)} records sealed a second`)
    const took = await page.evaluate(() => window.records.burst())
    if (took.failures.length > 0) throw new BenchError('service-failed', String(took.failures[0]))
    say(`${(took.taken / took.seconds).toFixed(0)} records taken in a second`)
    const renderers = await renderersOf(browser)
    const running = page.evaluate((count) => window.records.run(count), intervals)
    // A failure is read below, after the windows of time.
    running.catch(() => undefined)
    // Opening the class and the content keys of its first chunk are not what a lesson costs.
    await after(intervalSeconds * 1500)
    const [before, began] = [threadSeconds(renderers), performance.now()]
    await after((intervals - 2) * intervalSeconds * 1000)
    const [later, seconds] = [threadSeconds(renderers), (performance.now() - began) / 1000]
    const { taken, failures, totalsAfterMs, receipts } = await running
    if (failures.length > 0) throw new BenchError('service-failed', String(failures[0]))
    return {
      students,
      intervalSeconds,
      sealedPerSecond: sealed / sealSeconds,
      takenPerSecond: took.taken / took.seconds,
      run: {
        records: taken,
        seconds,
        workerCore: (later.worker - before.worker) / seconds,
        restCore: (later.rest - before.rest) / seconds,
        totalsAfterMs,
        receipts,
      },
    }
  } finally {
    await close()
  }
}
