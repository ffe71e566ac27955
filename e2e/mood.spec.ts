/**
 * The teacher's chart in a class of check-ins: what it shows is chosen, the class so far and the hint rest on totals as
 * shown, it may stand in a window of its own, and a shared screen does not show it to the class.
 */
import type { Locator, Page } from '@playwright/test'
import { glance } from './support/glance.ts'
import { enterRoom, openCourse, openPerson } from './support/people.ts'
import { holdTappedClass, moodCounts } from './support/readings.ts'
import { expect, test } from './support/test.ts'

test.describe.configure({ timeout: 420_000 })

const figureOf = (page: Page): Locator => page.getByRole('figure', { name: 'Class mood' })

async function placeOf(page: Page): Promise<{ x: number; y: number }> {
  const box = await figureOf(page).boundingBox()
  if (box === null) throw new Error('the chart is nowhere')
  return { x: Math.round(box.x), y: Math.round(box.y) }
}

test('a teacher follows the mood of a class, wherever the chart stands', async ({ school }) => {
  const teacher = await openPerson('Mona Teacher', school.url)
  const students = await Promise.all([
    openPerson('Ida One', school.url),
    openPerson('Jon Two', school.url),
  ])
  const { page } = teacher
  const hint = page.getByRole('status', { name: 'Class hint' })
  const slices = figureOf(page).getByRole('img')
  const soFar = figureOf(page).getByRole('region', { name: 'The class so far' })
  const tourOf = (of: Page): Locator => of.getByRole('region', { name: 'Welcome to the class' })
  const anyway = figureOf(page).getByRole('button', { name: 'Show anyway' })
  const toggle = (name: string): Locator => figureOf(page).getByRole('button', { name })
  const popOut = async (): Promise<Page> => {
    const [out] = await Promise.all([
      teacher.context.waitForEvent('page'),
      page.getByRole('button', { name: 'Pop out' }).click(),
    ])
    return out
  }
  let before = 0
  let place = { x: 0, y: 0 }
  try {
    await test.step('a class in which both students say that they are sad', async () => {
      const course = await openCourse(teacher, students, 'Music 8', {
        readings: 'Check-ins',
        intervalSeconds: 10,
        minimumGroup: 2,
      })
      await holdTappedClass(teacher, students, course.path, 'sad')
    })

    await test.step('the tour has a note for each thing, and is over once it was read', async () => {
      const read = async (of: Page, titles: readonly string[]): Promise<void> => {
        const tour = tourOf(of)
        for (const [at, title] of titles.entries()) {
          const place = `${String(at + 1)} of ${String(titles.length)}`
          await expect(tour.getByRole('heading')).toHaveText(`${title}${place}`)
          const name = at === titles.length - 1 ? 'Got it' : 'Next'
          await tour.getByRole('button', { name }).click()
        }
        await expect(tour).toHaveCount(0)
      }
      await read(page, ['Your controls', 'The mood of the class', 'Before you share your screen'])
      await read(students[0].page, ['Your controls', 'Your readings are yours'])
    })

    await test.step('three shown intervals in which more than half are sad bring the hint, which names no one', async () => {
      await expect(hint).toContainText('The lesson may need a change')
      for (const { name } of students) await expect(hint).not.toContainText(name)
    })

    await test.step('what the chart shows is the teacher’s choice', async () => {
      await expect(slices.first()).toBeVisible()
      await toggle('Emotions').click()
      await expect(slices).toHaveCount(0)
      await toggle('Emotions').click()
      await expect(slices.first()).toBeVisible()
      await toggle('So far').click()
      await soFar.getByText('As text').click()
      const said = soFar.getByRole('listitem').filter({ hasText: 'sad 2 of 2' })
      await expect(async () => {
        expect(await said.count()).toBeGreaterThanOrEqual(3)
      }).toPass()
      before = await soFar.getByRole('listitem').count()
      await glance(page, 'the chart in full, with its hint')
    })

    await test.step('it is moved by keyboard', async () => {
      await page.getByRole('button', { name: 'Move class mood' }).focus()
      for (const key of ['ArrowLeft', 'ArrowLeft', 'Shift+ArrowLeft']) {
        await page.keyboard.press(key)
      }
      place = await placeOf(page)
    })

    const out = await test.step('lifted into a window of its own, it goes on there', async () => {
      const opened = await popOut()
      await expect(figureOf(page)).toHaveCount(0)
      const { interval } = await moodCounts(opened)
      await expect(async () => {
        const mood = await moodCounts(opened)
        expect(mood.interval).toBeGreaterThan(interval)
        expect(mood.counts).toEqual({ sad: 2 })
      }).toPass()
      await glance(opened, 'the chart in a window of its own')
      return opened
    })

    await test.step('a shared monitor blanks it until told otherwise', async () => {
      await page.getByRole('button', { name: 'Share screen' }).click()
      await expect(figureOf(out).getByRole('button', { name: 'Show anyway' })).toBeVisible()
      await expect(figureOf(out).getByRole('img')).toHaveCount(0)
      await expect(out.getByRole('status', { name: 'Class hint' })).toHaveCount(0)
      await out.close()
      await expect(anyway).toBeVisible()
      await expect(slices).toHaveCount(0)
      expect(await placeOf(page)).toEqual(place)
      await glance(page, 'the chart while a monitor is shared')
      await anyway.click()
      await expect(slices.first()).toBeVisible()
      await page.getByRole('button', { name: 'Stop sharing' }).click()
      await expect(page.getByRole('button', { name: 'Share screen' })).toBeVisible()
    })

    await test.step('the next share is another decision', async () => {
      await page.getByRole('button', { name: 'Share screen' }).click()
      await expect(anyway).toBeVisible()
      await expect(slices).toHaveCount(0)
    })

    await test.step('a reload ends the window, keeps place, choice, the class so far and the hint, and tells no tour again', async () => {
      const again = await popOut()
      const closed = again.waitForEvent('close')
      await page.reload()
      await closed
      await enterRoom(teacher)
      await expect(soFar).toBeVisible()
      expect(await placeOf(page)).toEqual(place)
      await soFar.getByText('As text').click()
      await expect(async () => {
        expect(await soFar.getByRole('listitem').count()).toBeGreaterThanOrEqual(before)
      }).toPass()
      await expect(hint).toContainText('The lesson may need a change')
      await expect(tourOf(page)).toHaveCount(0)
    })
    for (const person of [teacher, ...students]) expect(person.errors).toEqual([])
  } finally {
    await Promise.all([teacher, ...students].map((person) => person.close()))
  }
})
