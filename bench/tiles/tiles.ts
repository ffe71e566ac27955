/**
 * `npm run bench -- tiles`: what a class with its cameras on asks of one teacher's browser on the machine that serves it
 * too. The others are guests that the crowd plays, in the running service and over its real signalling; their pictures
 * come in three layers. It must never count a tile that shows no pictures as shown.
 */
import type { Page } from '@playwright/test'
import {
  createCourse,
  openPerson,
  type Person,
  signUp,
  startClass,
} from '../../e2e/support/people.ts'
import { pidsOf } from '../../e2e/support/processes.ts'
import { openSchool } from '../../e2e/support/school.ts'
import { Visitor } from '../../e2e/support/visitor.ts'
import { SignalingClient } from '../../sfu/testing/signaling-client.ts'
import { Crowd } from '../forwarding/crowd.ts'
import { connectMember, enterClass } from '../forwarding/peers/attune-member.ts'
import { installWatch, MainThread, readWatch } from '../pages/main-thread.ts'
import { usageOf } from '../report/machine.ts'
import type { Part, PartContext, Table } from '../report/part.ts'
import { median, summarize } from '../report/statistics.ts'
import { figure, percent } from '../report/tables.ts'

const GUESTS = [1, 8, 24] as const
const GROUP = 0
const WINDOW_MS = 20_000
const PRESSES = 10

interface Measured {
  readonly members: number
  /** Tiles whose picture moved, and new pictures a second of each, the middle and the least. */
  readonly tiles: number
  readonly framesMedian: number
  readonly framesLeast: number
  /** Cores that the browser and the service took. */
  readonly browser: number
  readonly service: number
  readonly mainThread: number
  /** Tasks over 50 ms a minute, and the longest. */
  readonly longTasks: number
  readonly longestMs: number
  /** From a press on *People* to its panel, and from *Close* to none. */
  readonly pressMs: number
  readonly pressP95: number
}

export const tiles: Part = async (context) => {
  const { school, close } = await openSchool({ relayed: false, settings: {} })
  const teacher = await openPerson('Tara Teacher', school.url)
  const crowd = await Crowd.start()
  const clients: SignalingClient[] = []
  try {
    const classId = await openClass(teacher)
    const measured: Measured[] = []
    for (const guests of context.quick ? GUESTS.slice(0, 2) : GUESTS) {
      while (clients.length < guests) clients.push(await enter(school.url, classId, crowd, clients))
      measured.push(await measure(teacher, guests, context))
    }
    return { tables: [tableOf(measured)], notes: [], figures: measured }
  } finally {
    for (const { socket } of clients) socket.terminate()
    crowd.end()
    await teacher.close()
    await close()
  }
}

/** A course that takes guests without waiting, and its class, with the teacher in it. */
async function openClass(teacher: Person): Promise<string> {
  const { page } = teacher
  await page.setViewportSize({ width: 1600, height: 900 })
  await installWatch(page)
  await signUp(teacher)
  const { path } = await createCourse(teacher, 'Many', { readings: 'Off' })
  await page.getByRole('switch', { name: 'Guests may attend' }).click()
  await page
    .getByRole('radiogroup', { name: 'Waiting room' })
    .getByRole('radio', { name: 'Off' })
    .click()
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
  await startClass(teacher, path)
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** One guest more: a ticket from web, a membership, and the crowd's packets. */
async function enter(
  url: string,
  classId: string,
  crowd: Crowd,
  { length: number }: readonly unknown[],
): Promise<SignalingClient> {
  const ticketOf = new Visitor(url).call
  const name = `Guest ${String(number + 1)}`
  const { ticket, signalingUrl } = await ticketOf('ticket', { id: classId }, { name })
  const address = new URL(signalingUrl, url.replace(/^http/, 'ws')).href
  const client = await SignalingClient.open(address, { headers: { origin: url } })
  const member = await enterClass(client, ticket, number)
  await connectMember(crowd, GROUP, member, { senders: GUESTS.at(-1) ?? 0, visible: 1 })
  crowd.start(GROUP)
  return client
}

async function measure(teacher: Person, guests: number, { say, quick }: PartContext) {
  const { page } = teacher
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('[role=group] video')].filter(
        (video) => video instanceof HTMLVideoElement && video.videoWidth > 0,
      ).length > wanted,
    guests,
    { timeout: 120_000 },
  )
  const session = await teacher.browser.newBrowserCDPSession()
  const browserSeconds = async (): Promise<number> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
  }
  const serviceSeconds = (): number =>
    (['web', 'sfu', 'worker', 'database'] as const)
      .flatMap((part) => pidsOf(part))
      .reduce((sum, pid) => sum + usageOf(pid).cpuSeconds, 0)
  const thread = await MainThread.of(page)
  const look = async () => ({
    frames: await framesOf(page),
    browser: await browserSeconds(),
    service: serviceSeconds(),
    busy: (await thread.busy()).tasks,
    watch: await readWatch(page),
  })
  const before = await look()
  await page.waitForTimeout(quick ? WINDOW_MS / 4 : WINDOW_MS)
  const after = await look()
  await session.detach()
  const seconds = (after.watch.now - before.watch.now) / 1_000
  const rates = after.frames
    .map((frames, at) => (frames - (before.frames[at] ?? frames)) / seconds)
    .filter((rate) => rate > 0)
  const long = after.watch.tasks.slice(before.watch.tasks.length)
  const presses = summarize(await press(page, quick ? 3 : PRESSES))
  const measured: Measured = {
    members: guests + 1,
    tiles: rates.length,
    framesMedian: median(rates),
    framesLeast: Math.min(...rates),
    browser: (after.browser - before.browser) / seconds,
    service: (after.service - before.service) / seconds,
    mainThread: (after.busy - before.busy) / seconds,
    longTasks: (long.length / seconds) * 60,
    longestMs: Math.max(0, ...long.map(({ duration }) => duration)),
    pressMs: presses.median,
    pressP95: presses.p95,
  }
  say(`${String(guests + 1)} members: ${JSON.stringify(measured)}`)
  return measured
}

/** Pictures that each tile's video has shown so far, in the page's order. */
async function framesOf(page: Page): Promise<number[]> {
  return await page
    .locator('[role=group] video')
    .evaluateAll((videos) =>
      videos.map((video) =>
        video instanceof HTMLVideoElement ? video.getVideoPlaybackQuality().totalVideoFrames : 0,
      ),
    )
}

/** Milliseconds until what a press asks for is there and drawn, as the page's own clock has it. */
async function press(page: Page, times: number): Promise<number[]> {
  const button = page.getByRole('button', { name: 'People' }).first()
  return await button.evaluate(async (element, wanted) => {
    const drawn = (): Promise<number> =>
      new Promise((resolve) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(resolve)
        })
      })
    const took: number[] = []
    for (let n = 0; n < wanted; n++) {
      const was = element.getAttribute('aria-pressed')
      const began = performance.now()
      if (element instanceof HTMLElement) element.click()
      while (element.getAttribute('aria-pressed') === was) await drawn()
      took.push((await drawn()) - began)
    }
    return took
  }, times)
}

function tableOf(measured: readonly Measured[]): Table {
  return {
    title: 'One teacher’s browser at 1600 × 900, with everybody’s camera on',
    columns: [
      'members',
      'tiles moving',
      'pictures/s',
      'least',
      'browser, cores',
      'service, cores',
      'main thread',
      'long tasks/min',
      'longest, ms',
      'press, ms',
      'p95',
    ],
    rows: measured.map((one) => [
      String(one.members),
      String(one.tiles),
      figure(one.framesMedian),
      figure(one.framesLeast),
      figure(one.browser),
      figure(one.service),
      percent(one.mainThread),
      figure(one.longTasks),
      figure(one.longestMs),
      figure(one.pressMs),
      figure(one.pressP95),
    ]),
  }
}
