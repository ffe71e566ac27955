/**
 * When lobby and room can be used on a slow processor: after the first paint (or the click), once what a person needs is
 * there and no long task comes for a while. The class has to be running.
 */
import type { Person } from '../../e2e/support/people.ts'
import { freeAt, installWatch, MainThread, readWatch, type Watch } from './main-thread.ts'

/** How many times slower than this machine the page sees its processor. */
export const SLOWDOWN = 4
/** Without a long task for as long a page has come to rest. */
const QUIET_MS = 1_000
/** A camera's preview may never let a slow page rest: then what came before has to do. */
const LONGEST_MS = 8_000

export interface Interactive {
  readonly name: string
  /** From navigation, or from the click, by load; milliseconds. */
  readonly free: number[]
  readonly paint: number[]
  readonly longest: number[]
}

const longestAfter = ({ tasks }: Watch, from: number): number =>
  Math.max(0, ...tasks.filter(({ start }) => start >= from).map(({ duration }) => duration))

/** Loads the lobby anew and goes into the room, `repeats` times. */
export async function measureInteractive(
  student: Person,
  coursePath: string,
  repeats: number,
): Promise<readonly Interactive[]> {
  const lobby: Interactive = { name: 'lobby', free: [], paint: [], longest: [] }
  const room: Interactive = { name: 'room, from the click', free: [], paint: [], longest: [] }
  await student.page.goto(coursePath)
  const link = student.page.getByRole('link', { name: 'Join class' })
  const address = (await link.getAttribute('href')) ?? ''
  for (let repeat = 0; repeat < repeats; repeat++) {
    const page = await student.context.newPage()
    await installWatch(page)
    const thread = await MainThread.of(page)
    await thread.throttle(SLOWDOWN)
    await page.goto(address)
    const join = page.getByRole('button', { name: 'Join class' })
    await join.waitFor()
    const ready = await page.evaluate(() => performance.now())
    await rest(page)
    const loaded = await readWatch(page)
    const paint = loaded.firstPaint ?? 0
    lobby.free.push(Math.max(ready, freeAt(loaded, paint, QUIET_MS)))
    lobby.paint.push(paint)
    lobby.longest.push(longestAfter(loaded, 0))

    const clicked = await page.evaluate(() => performance.now())
    await join.click()
    await page.getByRole('group', { name: student.name }).waitFor()
    const there = await page.evaluate(() => performance.now())
    if (repeat === 0) await allowOnce(page)
    await rest(page)
    const entered = await readWatch(page)
    const free = Math.max(there, freeAt(entered, clicked, QUIET_MS))
    room.free.push(free - clicked)
    room.longest.push(longestAfter(entered, clicked))
    await page.close()
  }
  return [lobby, room]
}

/** The first visit is asked for consent, if no earlier one was. */
async function allowOnce(page: Person['page']): Promise<void> {
  const allow = page.getByRole('dialog').getByRole('button', { name: 'Allow', exact: true })
  if (await allow.isVisible()) await allow.click()
}

/** Resolves when no long task came for the quiet time, or after the longest wait. */
async function rest(page: Person['page']): Promise<void> {
  await page.waitForFunction(
    ([quiet, longest]) => {
      const { attuneTasks: tasks = [] } = window as Window & {
        attuneTasks?: { start: number; duration: number }[]
      }
      const last = tasks.at(-1)
      const from = last ? last.start + last.duration : 0
      const began =
        performance.getEntriesByName('attune-rest')[0] ?? performance.mark('attune-rest')
      const now = performance.now()
      return now - Math.max(from, began.startTime) > quiet || now - began.startTime > longest
    },
    [QUIET_MS, LONGEST_MS] as const,
    // By the clock: a page as slow as this may draw no frame for long, and frames are what is waited by otherwise.
    { polling: 250, timeout: 60_000 },
  )
  await page.evaluate(() => {
    performance.clearMarks('attune-rest')
  })
}
