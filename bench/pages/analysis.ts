/**
 * What the analysis costs a student's main thread: windows of one length in a running class, with the switch *Analysis*
 * off and on in turns, so that what else the page and the machine do lies in both; and how long each burst takes.
 */
import type { Page } from '@playwright/test'
import { MainThread, readWatch } from './main-thread.ts'

export interface Window {
  /** Share of the time that the main thread was busy. */
  readonly busy: number
  readonly script: number
  /** Long tasks (over 50 ms) a minute, and their milliseconds. */
  readonly longTasks: number
  readonly longMs: number
}

export interface AnalysisTurn {
  readonly off: Window
  /** From the switch to the first reading: worker and models are started anew each time. */
  readonly loading: Window
  readonly on: Window
  /** Bursts while it was on: milliseconds from asking for the first frame to the reading. */
  readonly bursts: readonly number[]
}

type Watched = globalThis.Window & { attuneBursts?: number[] }

/** Notes in every document that this page opens from now on how long each burst takes. */
export async function watchBursts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const bursts: number[] = []
    Object.assign(window, { attuneBursts: bursts })
    window.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options)
        let began: number | null = null
        // The worker asks for each frame of a burst; what it says then is the reading.
        this.addEventListener('message', ({ data }: MessageEvent<{ type?: string }>) => {
          if (data.type === 'want-frame') began ??= performance.now()
          else if (began !== null) {
            bursts.push(performance.now() - began)
            began = null
          }
        })
      }
    }
  })
}

const readBursts = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as Watched).attuneBursts ?? [])

async function setAnalysis(page: Page, on: boolean): Promise<void> {
  const toggle = page.getByRole('switch', { name: 'Analysis' })
  const is = (await toggle.getAttribute('aria-checked')) === 'true'
  if (is !== on) await toggle.click()
  const wanted = `[role=switch][aria-checked="${String(on)}"]`
  await toggle.and(page.locator(wanted)).waitFor()
}

async function watch(page: Page, thread: MainThread, pass: () => Promise<void>): Promise<Window> {
  const [busy, { tasks, now }] = [await thread.busy(), await readWatch(page)]
  const known = tasks.length
  await pass()
  const [later, then] = [await thread.busy(), await readWatch(page)]
  const seconds = (then.now - now) / 1000
  const long = then.tasks.slice(known)
  return {
    busy: (later.tasks - busy.tasks) / seconds,
    script: (later.script - busy.script) / seconds,
    longTasks: (long.length / seconds) * 60,
    longMs: (long.reduce((sum, { duration }) => sum + duration, 0) / seconds) * 60,
  }
}

/** Measures turns in the class that the page is in; the analysis has been allowed. */
export async function measureAnalysis(
  page: Page,
  { turns, windowMs }: { readonly turns: number; readonly windowMs: number },
): Promise<readonly AnalysisTurn[]> {
  const thread = await MainThread.of(page)
  const measured: AnalysisTurn[] = []
  const pass = () => page.waitForTimeout(windowMs)
  for (let turn = 0; turn < turns; turn++) {
    await setAnalysis(page, false)
    const off = await watch(page, thread, pass)
    const before = Number(await page.locator(MY_READING).getAttribute('data-interval'))
    const loading = await watch(page, thread, async () => {
      await setAnalysis(page, true)
      await awaitReading(page, before)
    })
    const { length: known } = await readBursts(page)
    const on = await watch(page, thread, pass)
    const bursts = (await readBursts(page)).slice(known)
    measured.push({ off, loading, on, bursts })
  }
  return measured
}

const MY_READING = '[role=status][aria-label="My reading"][data-interval]'

/** Waits for a reading of a later interval, so that the analysis has loaded: until then intervals end without one. */
export async function awaitReading(page: Page, after = -1): Promise<void> {
  await page.waitForFunction(
    ([selector, interval]) => {
      const status = document.querySelector(selector)
      const read = !/None yet|no reading/.test(status?.textContent ?? 'no reading')
      return read && Number(status?.getAttribute('data-interval') ?? Number.NaN) > interval
    },
    [MY_READING, after] as const,
    // Seldom enough to cost the page nothing that is measured.
    { polling: 250 },
  )
}
