/**
 * What a page's main thread does: when it became free after a load, its long tasks, and the time that it spent at all.
 * It watches from inside the page (Performance API) and from the browser (CDP), and changes nothing but the speed asked for.
 */
import type { CDPSession, Page } from '@playwright/test'
import * as z from 'zod'

const watchSchema = z.object({
  firstPaint: z.number().nullable(),
  now: z.number(),
  tasks: z.array(z.object({ start: z.number(), duration: z.number() })),
})
export type Watch = z.infer<typeof watchSchema>

/** Notes paints and long tasks in every document that this page opens from now on. */
export async function installWatch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tasks: { start: number; duration: number }[] = []
    Object.assign(window, { attuneTasks: tasks })
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        tasks.push({ start: startTime, duration })
    }).observe({ type: 'longtask', buffered: true })
  })
}

export async function readWatch(page: Page): Promise<Watch> {
  return watchSchema.parse(
    await page.evaluate(() => ({
      firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
      now: performance.now(),
      tasks: (window as Window & { attuneTasks?: unknown }).attuneTasks ?? [],
    })),
  )
}

/**
 * When the main thread was free: the end of the last long task that no quiet window of `quietMs` came before, or the
 * given moment where there was none after it.
 */
export function freeAt({ tasks }: Pick<Watch, 'tasks'>, from: number, quietMs: number): number {
  let free = from
  for (const { start, duration } of tasks.toSorted((a, b) => a.start - b.start)) {
    if (start + duration <= from) continue
    if (start - free > quietMs) break
    free = Math.max(free, start + duration)
  }
  return free
}

/** The browser's own count of what one page's main thread did. */
export class MainThread {
  readonly #session: CDPSession

  private constructor(session: CDPSession) {
    this.#session = session
  }

  static async of(page: Page): Promise<MainThread> {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    return new MainThread(session)
  }

  /** Slows the processor down as seen by the page. */
  async throttle(times: number): Promise<void> {
    await this.#session.send('Emulation.setCPUThrottlingRate', { rate: times })
  }

  /** Seconds of tasks so far, and of script in them. */
  async busy(): Promise<{ readonly tasks: number; readonly script: number }> {
    const { metrics } = await this.#session.send('Performance.getMetrics')
    const read = (name: string): number => metrics.find((one) => one.name === name)?.value ?? NaN
    return { tasks: read('TaskDuration'), script: read('ScriptDuration') }
  }
}
