/**
 * A course remembers how its class went: the teacher sees totals by class and by minute, in this browser and in another
 * with an empty profile, and takes them along; a student sees the own readings, takes them along and erases them.
 */
import { readFile } from 'node:fs/promises'
import type { Locator } from '@playwright/test'
import { glance } from './support/glance.ts'
import { holdTappedClass, moodCounts } from './support/readings.ts'
import { openCourse, openPerson, type Person, signIn } from './support/people.ts'
import { expect, test } from './support/test.ts'

/** What a press of this button saves. */
async function saved(person: Person, button: string): Promise<string> {
  const saving = person.page.waitForEvent('download')
  await person.page.getByRole('button', { name: button }).click()
  return readFile(await (await saving).path(), 'utf8')
}

/** The cells of a row, as a person reads them. */
async function cellsOf(row: Locator): Promise<string[]> {
  return row.getByRole('cell').allInnerTexts()
}

test('a course remembers how its class went, on any device, and a student takes and erases the own readings', async ({
  school,
}) => {
  test.setTimeout(300_000)
  const teacher = await openPerson('Tara Teacher', school.url)
  const ada = await openPerson('Ada One', school.url)
  const ben = await openPerson('Ben Two', school.url)
  const elsewhere = await openPerson('Tara Teacher', school.url)
  const byClass = (person: Person): Locator =>
    person.page.getByRole('img', { name: 'Mood by class' })
  const firstLine = (person: Person): Locator =>
    person.page.getByRole('table', { name: 'Mood by class' }).getByRole('row').nth(1)
  let course = { path: '', inviteLink: '' }
  try {
    await test.step('a course with two students', async () => {
      course = await openCourse(teacher, [ada, ben], 'Chemistry 8', {
        readings: 'Check-ins',
        intervalSeconds: 10,
        minimumGroup: 2,
      })
    })

    await test.step('a class in which both are sad for three intervals', async () => {
      await holdTappedClass(teacher, [ada, ben], course.path, 'sad')
      let shown = -1
      for (let times = 0; times < 3; times++) {
        await expect(async () => {
          const { interval, counts } = await moodCounts(teacher.page)
          expect(interval).toBeGreaterThan(shown)
          expect(counts).toEqual({ sad: 2 })
          shown = interval
        }).toPass()
      }
      await teacher.page.getByRole('button', { name: 'Leave' }).click()
      await teacher.page.getByRole('button', { name: 'End class for all' }).click()
      await teacher.page.getByRole('link', { name: 'Back to the course' }).click()
    })

    await test.step('the teacher sees and takes along how it went', async () => {
      const { page } = teacher
      await expect(byClass(teacher)).toBeVisible()
      await expect(page.getByText('Where the class was low')).toBeVisible()
      await page.getByText('Show as a table').first().click()
      await expect(firstLine(teacher)).toContainText('100 %')
      await glance(page, 'the course page with charts')
      expect(await saved(teacher, 'Totals as CSV')).toMatch(/,2,false,0,0,2,/)
      const json = JSON.parse(await saved(teacher, 'Totals as JSON')) as { course: string }
      expect(json.course).toBe('Chemistry 8')
    })

    await test.step('a browser that was never here before shows the same', async () => {
      await signIn({ ...elsewhere, email: teacher.email })
      await elsewhere.page.goto(course.path)
      await expect(byClass(elsewhere)).toBeVisible()
      await elsewhere.page.getByText('Show as a table').first().click()
      expect(await cellsOf(firstLine(elsewhere))).toEqual(await cellsOf(firstLine(teacher)))
    })

    await test.step('a student takes the own readings along and erases them', async () => {
      const { page } = ada
      await page.goto('/account')
      const own = page.getByRole('table', { name: 'My readings' })
      await expect(own.getByRole('row').filter({ hasText: 'sad' }).first()).toBeVisible()
      await glance(page, 'the own readings')
      expect(await saved(ada, 'Download as CSV')).toContain('Chemistry 8')
      expect(await saved(ada, 'Download as JSON')).toContain('"sad"')
      await page.getByRole('button', { name: 'Erase readings of Chemistry 8' }).click()
      await page.getByRole('button', { name: 'Erase for good' }).click()
      await expect(page.getByText('No readings', { exact: true })).toBeVisible()
    })

    await test.step('totals stay as they were shown, and the other student’s readings too', async () => {
      const before = await cellsOf(firstLine(elsewhere))
      await elsewhere.page.reload()
      await expect(byClass(elsewhere)).toBeVisible()
      await elsewhere.page.getByText('Show as a table').first().click()
      expect(await cellsOf(firstLine(elsewhere))).toEqual(before)
      await ben.page.goto('/account')
      await expect(ben.page.getByRole('table', { name: 'My readings' })).toBeVisible()
    })
    for (const person of [teacher, ada, ben, elsewhere]) expect(person.errors).toEqual([])
  } finally {
    await Promise.all([teacher, ada, ben, elsewhere].map((person) => person.close()))
  }
})
