/**
 * `npm run bench -- mood`: how long after an interval has ended the teacher's chart shows it, in a class of real browsers.
 * Records leave within their interval, at a moment of each device's own; what remains is what this measures. Web, media
 * server and browsers share one machine, and so one clock.
 */
import * as z from 'zod'
import { openCourse, openPerson, type Person } from '../../e2e/support/people.ts'
import { holdTappedClass } from '../../e2e/support/readings.ts'
import { openSchool } from '../../e2e/support/school.ts'
import type { Part } from '../report/part.ts'
import { summarize } from '../report/statistics.ts'
import { figure } from '../report/tables.ts'

const INTERVAL_SECONDS = 5
const shownSchema = z.array(z.object({ interval: z.number(), at: z.number() }))
const classSchema = z.object({ startedAt: z.number() })

export const mood: Part = async ({ quick, say }) => {
  const { school, close } = await openSchool({ relayed: false, settings: {} })
  const people: Person[] = []
  try {
    for (const name of ['Tara Teacher', 'Sam Student', 'Noa North']) {
      people.push(await openPerson(name, school.url))
    }
    const delays = await watchChart(people, quick ? 4 : 40, say)
    const { n, median: p50, p95, max } = summarize(delays)
    return {
      tables: [
        {
          title: 'From the end of an interval to the chart that shows it (ms)',
          columns: ['browsers', 'intervals', 'p50', 'p95', 'longest'],
          rows: [[String(people.length), String(n), figure(p50), figure(p95), figure(max)]],
        },
      ],
      notes: [`Aim: p95 under 500 ms (here ${figure(p95)}).`],
      figures: { delays },
    }
  } finally {
    await Promise.all(people.map((person) => person.close()))
    await close()
  }
}

async function watchChart(
  people: readonly Person[],
  intervals: number,
  say: (text: string) => void,
): Promise<number[]> {
  const [teacher, ...students] = people
  if (teacher === undefined) return []
  const { page } = teacher
  const course = await openCourse(teacher, students, 'Delays', {
    readings: 'Check-ins',
    intervalSeconds: INTERVAL_SECONDS,
    minimumGroup: 2,
  })
  await holdTappedClass(teacher, students, course.path, 'happy')
  const figureOf = page.getByRole('figure', { name: 'Class mood' })
  await figureOf.and(page.locator('[data-interval]')).waitFor()
  await figureOf.evaluate((element) => {
    const shown: { interval: number; at: number }[] = []
    Object.assign(window, { attuneShown: shown })
    new MutationObserver(() => {
      const interval = Number(element.getAttribute('data-interval'))
      if (shown.at(-1)?.interval === interval) return
      // Drawn, not only decided.
      requestAnimationFrame(() => {
        shown.push({ interval, at: Date.now() })
      })
    }).observe(element, { attributes: true, attributeFilter: ['data-interval'] })
  })
  say(`${String(intervals)} intervals of ${String(INTERVAL_SECONDS)} s`)
  await page.waitForFunction(
    (wanted) =>
      ((window as Window & { attuneShown?: unknown[] }).attuneShown?.length ?? 0) >= wanted,
    intervals,
    { timeout: (intervals + 10) * INTERVAL_SECONDS * 1_000 },
  )
  const shown = shownSchema.parse(
    await page.evaluate(() => (window as Window & { attuneShown?: unknown }).attuneShown),
  )
  const classId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const { startedAt } = classSchema.parse(
    await page.evaluate(async (id) => {
      const response = await fetch(`/api/classes/${id}`)
      return (await response.json()) as unknown
    }, classId),
  )
  return shown.map(
    ({ interval, at }) => at - (startedAt + (interval + 1) * INTERVAL_SECONDS * 1_000),
  )
}
