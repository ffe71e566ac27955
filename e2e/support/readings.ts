/**
 * What the screens say of readings: the teacher's chart and a student's own reading, each with its interval. It reads
 * only roles, accessible names and the attribute that the product promises.
 */
import type { Page } from '@playwright/test'
import { attendClass, type Person, startClass, stopVideo } from './people.ts'

export interface MoodCounts {
  readonly interval: number
  /** Enrolled students present. */
  readonly total: number
  /** Students by slice name; slices of nobody are left out. */
  readonly counts: Readonly<Record<string, number>>
}

/** The chart's last interval and slices, read in one moment. Throws where the chart shows none yet. */
export async function moodCounts(page: Page): Promise<MoodCounts> {
  const figure = page.getByRole('figure', { name: 'Class mood' })
  const seen = await figure.evaluate((element) => ({
    interval: Number(element.getAttribute('data-interval') ?? Number.NaN),
    text: element.textContent,
    names: [...element.querySelectorAll('[role=img]')].map(
      (slice) => slice.getAttribute('aria-label') ?? '',
    ),
  }))
  const slices = seen.names
    .map((name) => /^(\w+) (\d+) of (\d+)$/.exec(name))
    .filter((match) => match !== null)
  if (!Number.isInteger(seen.interval) || slices.length === 0)
    throw new Error(`The chart shows no interval, but: ${seen.text}`)
  const total = Number(slices[0]?.[3])
  const counts: Record<string, number> = {}
  for (const [, name, count] of slices)
    if (name !== undefined && Number(count) > 0) counts[name] = Number(count)
  const sum = Object.values(counts).reduce((a, b) => a + b, 0)
  if (sum !== total) throw new Error(`The slices sum to ${String(sum)}, not to ${String(total)}.`)
  return { interval: seen.interval, total, counts }
}

/** Starts to write down, by interval, every own reading that the student's page shows. */
export async function watchOwnReadings(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Record<string, string> = {}
    Object.assign(window, { attuneSeenReadings: seen })
    const look = (): void => {
      const status = document.querySelector('[role=status][aria-label="My reading"]')
      const interval = status?.getAttribute('data-interval')
      if (status && interval) seen[interval] = status.textContent
    }
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
    look()
  })
}

const SLICES = [
  'neutral',
  'happy',
  'sad',
  'surprise',
  'fear',
  'disgust',
  'anger',
  'contempt',
  'unclear',
] as const

/** What the student's page showed as own reading of an interval: an emotion, `unclear`, or null when it showed none. */
export async function ownReadings(page: Page, interval: number): Promise<string | null> {
  const text = await page.evaluate(
    (key) =>
      (window as Window & { attuneSeenReadings?: Record<string, string> }).attuneSeenReadings?.[
        key
      ] ?? null,
    String(interval),
  )
  return text === null ? null : (SLICES.find((name) => text.toLowerCase().includes(name)) ?? null)
}

/** Lets a student tap the same check-in in every interval from now on, as soon as it can be tapped. */
export async function keepTapping(page: Page, emotion: string): Promise<void> {
  await page.evaluate((name) => {
    setInterval(() => {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>('button[aria-pressed]')]
      const button = buttons.find(({ textContent }) => textContent.trim() === name)
      if (button?.getAttribute('aria-pressed') === 'false') button.click()
    }, 400)
  }, emotion)
}

/** A class of check-ins in which nobody shows video and every student taps the same, over and over. */
export async function holdTappedClass(
  teacher: Person,
  students: readonly Person[],
  coursePath: string,
  emotion: string,
): Promise<void> {
  await startClass(teacher, coursePath)
  await stopVideo(teacher)
  for (const student of students) {
    await attendClass(student, coursePath, 'Allow')
    await stopVideo(student)
    await keepTapping(student.page, emotion)
  }
}
