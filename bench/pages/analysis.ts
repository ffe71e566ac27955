/**
 * What the analysis costs a student's main thread: windows of one length in a running class, with the switch *Analysis*
 * off and on in turns, so that what else the page and the machine do lies in both.
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
  readonly on: Window
}

async function setAnalysis(page: Page, on: boolean): Promise<void> {
  const toggle = page.getByRole('switch', { name: 'Analysis' })
  const is = (await toggle.getAttribute('aria-checked')) === 'true'
  if (is !== on) await toggle.click()
  const wanted = `[role=switch][aria-checked="${String(on)}"]`
  await toggle.and(page.locator(wanted)).waitFor()
}

async function watch(page: Page, thread: MainThread, windowMs: number): Promise<Window> {
  const [busy, { tasks, now }] = [await thread.busy(), await readWatch(page)]
  const known = tasks.length
  await page.waitForTimeout(windowMs)
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
  for (let turn = 0; turn < turns; turn++) {
    await setAnalysis(page, false)
    const off = await watch(page, thread, windowMs)
    await setAnalysis(page, true)
    // Loading the model happens once a class and is not a reading.
    if (turn === 0) await awaitReading(page)
    const on = await watch(page, thread, windowMs)
    measured.push({ off, on })
  }
  return measured
}

/** Waits until the analysis has read something, and so has loaded: before that every interval ends without a reading. */
export async function awaitReading(page: Page): Promise<void> {
  await page
    .locator('[role=status][aria-label="My reading"][data-interval]')
    .filter({ hasNotText: /None yet|no reading/ })
    .waitFor()
}
