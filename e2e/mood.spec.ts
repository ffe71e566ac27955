/**
 * The teacher's chart in a class of check-ins: what it shows is chosen, the class so far and the hint rest on totals as
 * shown, it may stand in a window of its own, and a shared screen does not show it to the class.
 */
import type { Locator, Page } from '@playwright/test'
import {
  attendClass,
  createCourse,
  enterRoom,
  joinCourse,
  openPerson,
  signUp,
  startClass,
} from './support/people.ts'
import { moodCounts } from './support/readings.ts'
import { expect, test } from './support/test.ts'

test.describe.configure({ timeout: 420_000 })

const figureOf = (page: Page): Locator => page.getByRole('figure', { name: 'Class mood' })

/** Lets a student say the same in every interval from now on. */
async function keepSaying(page: Page, emotion: string): Promise<void> {
  await page.evaluate((name) => {
    setInterval(() => {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>('button[aria-pressed]')]
      const button = buttons.find(({ textContent }) => textContent.trim() === name)
      if (button?.getAttribute('aria-pressed') === 'false') button.click()
    }, 400)
  }, emotion)
}

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
  try {
    await signUp(teacher)
    const course = await createCourse(teacher, 'Music 8', {
      readings: 'Check-ins',
      intervalSeconds: 5,
      minimumGroup: 2,
    })
    for (const student of students) await joinCourse(student, course.inviteLink)
    await startClass(teacher, course.path)
    for (const student of students) {
      await attendClass(student, course.path, 'Allow')
      await keepSaying(student.page, 'sad')
    }

    // Three shown intervals in which more than half are sad bring the hint, which names no one.
    const hint = page.getByRole('status', { name: 'Class hint' })
    await expect(hint).toContainText('The lesson may need a change')
    for (const { name } of students) await expect(hint).not.toContainText(name)

    // What the chart shows is the teacher's choice.
    const toggle = (name: string): Locator => figureOf(page).getByRole('button', { name })
    const slices = figureOf(page).getByRole('img')
    await expect(slices.first()).toBeVisible()
    await toggle('Emotions').click()
    await expect(slices).toHaveCount(0)
    await toggle('Emotions').click()
    await expect(slices.first()).toBeVisible()
    await toggle('So far').click()
    const soFar = figureOf(page).getByRole('region', { name: 'The class so far' })
    await soFar.getByText('As text').click()
    const said = soFar.getByRole('listitem').filter({ hasText: 'sad 2 of 2' })
    await expect(async () => {
      expect(await said.count()).toBeGreaterThanOrEqual(3)
    }).toPass()
    const before = await soFar.getByRole('listitem').count()

    // Moved by keyboard; lifted into a window of its own, where it goes on; and back at its place.
    await page.getByRole('button', { name: 'Move class mood' }).focus()
    for (const key of ['ArrowLeft', 'ArrowLeft', 'Shift+ArrowLeft']) await page.keyboard.press(key)
    const place = await placeOf(page)
    const [out] = await Promise.all([
      teacher.context.waitForEvent('page'),
      page.getByRole('button', { name: 'Pop out' }).click(),
    ])
    await expect(figureOf(page)).toHaveCount(0)
    const { interval } = await moodCounts(out)
    await expect(async () => {
      const mood = await moodCounts(out)
      expect(mood.interval).toBeGreaterThan(interval)
      expect(mood.counts).toEqual({ sad: 2 })
    }).toPass()

    // A shared monitor shows the class whatever is on it: there the chart is blank until told otherwise.
    await page.getByRole('button', { name: 'Share screen' }).click()
    const anyway = figureOf(out).getByRole('button', { name: 'Show anyway' })
    await expect(anyway).toBeVisible()
    await expect(figureOf(out).getByRole('img')).toHaveCount(0)
    await expect(out.getByRole('status', { name: 'Class hint' })).toHaveCount(0)
    await out.close()
    await expect(figureOf(page).getByRole('button', { name: 'Show anyway' })).toBeVisible()
    await expect(slices).toHaveCount(0)
    expect(await placeOf(page)).toEqual(place)
    await figureOf(page).getByRole('button', { name: 'Show anyway' }).click()
    await expect(slices.first()).toBeVisible()
    await page.getByRole('button', { name: 'Stop sharing' }).click()
    await expect(page.getByRole('button', { name: 'Share screen' })).toBeVisible()

    // The next share is another decision.
    await page.getByRole('button', { name: 'Share screen' }).click()
    await expect(figureOf(page).getByRole('button', { name: 'Show anyway' })).toBeVisible()
    await expect(slices).toHaveCount(0)

    // A reload ends the window, and keeps place, choice, the class so far and the hint.
    const [again] = await Promise.all([
      teacher.context.waitForEvent('page'),
      page.getByRole('button', { name: 'Pop out' }).click(),
    ])
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
    for (const person of [teacher, ...students]) expect(person.errors).toEqual([])
  } finally {
    await Promise.all([teacher, ...students].map((person) => person.close()))
  }
})
