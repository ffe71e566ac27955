import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { moodCounts } from './support/readings.ts'
import {
  attendClass,
  createCourse,
  joinCourse,
  openPerson,
  signIn,
  signUp,
  startClass,
  type Person,
} from './support/people.ts'
import { expect, test } from './support/test.ts'

/** Where pictures of the pages go; none where it is not set. */
const SHOTS = process.env['SHOTS']

async function shoot({ page }: Person, name: string): Promise<void> {
  if (SHOTS === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [390, 1024, 1600]) {
      await page.setViewportSize({ width, height: 1000 })
      const path = `${SHOTS}/${name}-${String(width)}-${colorScheme}.png`
      await page.screenshot({ path, fullPage: true })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 800 })
}

async function expectSound({ page }: Person): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

test('a course remembers how its class went, on any device, and a student takes and erases the own readings', async ({
  school,
}) => {
  const teacher = await openPerson('Tara Teacher', school.url)
  const ada = await openPerson('Ada One', school.url)
  const ben = await openPerson('Ben Two', school.url)
  const elsewhere = await openPerson('Tara Teacher', school.url)
  try {
    await signUp(teacher)
    const course = await createCourse(teacher, 'Chemistry 8', {
      readings: 'Check-ins',
      intervalSeconds: 5,
      minimumGroup: 2,
    })
    for (const student of [ada, ben]) await joinCourse(student, course.inviteLink)
    await startClass(teacher, course.path)
    await attendClass(ada, course.path, 'Allow')
    await attendClass(ben, course.path, 'Allow')
    let shown = -1
    for (let times = 0; times < 3; times++) {
      await expect(async () => {
        await ada.page.getByRole('button', { name: 'sad', exact: true }).click()
        await ben.page.getByRole('button', { name: 'sad', exact: true }).click()
        const { interval, counts } = await moodCounts(teacher.page)
        expect(interval).toBeGreaterThan(shown)
        expect(counts).toEqual({ sad: 2 })
        shown = interval
      }).toPass()
    }
    await teacher.page.getByRole('button', { name: 'Leave' }).click()
    await teacher.page.getByRole('button', { name: 'End class for all' }).click()
    await teacher.page.getByRole('link', { name: 'Back to the course' }).click()

    const history = (person: Person) =>
      person.page
        .getByRole('region', { name: 'How classes went' })
        .or(person.page.locator('#history'))
    const byClass = (person: Person) => person.page.getByRole('img', { name: 'Mood by class' })
    await expect(byClass(teacher)).toBeVisible()
    await expect(history(teacher).first()).toContainText('Where the class was low')
    await teacher.page.getByText('Show as a table').first().click()
    const figures = teacher.page.getByRole('table', { name: 'Mood by class' })
    await expect(figures.getByRole('row').nth(1)).toContainText('100 %')
    await expectSound(teacher)
    await shoot(teacher, 'course')
    const saving = teacher.page.waitForEvent('download')
    await teacher.page.getByRole('button', { name: 'Totals as CSV' }).click()
    const csv = await readFile(await (await saving).path(), 'utf8')
    expect(csv).toMatch(/,2,false,0,0,2,/)

    // A browser that was never here before.
    await signIn({ ...elsewhere, email: teacher.email })
    await elsewhere.page.goto(course.path)
    await expect(byClass(elsewhere)).toBeVisible()
    await elsewhere.page.getByText('Show as a table').first().click()
    await expect(
      elsewhere.page.getByRole('table', { name: 'Mood by class' }).getByRole('row').nth(1),
    ).toHaveText(await figures.getByRole('row').nth(1).innerText().then(wordsOnly))

    await ada.page.goto('/account')
    const own = ada.page.getByRole('table', { name: 'My readings' })
    await expect(own.getByRole('row').filter({ hasText: 'sad' }).first()).toBeVisible()
    await expectSound(ada)
    await shoot(ada, 'account')
    const taking = ada.page.waitForEvent('download')
    await ada.page.getByRole('button', { name: 'Download as CSV' }).click()
    expect(await readFile(await (await taking).path(), 'utf8')).toContain('Chemistry 8')
    await ada.page.getByRole('button', { name: 'Erase readings of Chemistry 8' }).click()
    await ada.page.getByRole('button', { name: 'Erase for good' }).click()
    await expect(ada.page.getByText('No readings', { exact: true })).toBeVisible()

    // Totals stay as they were shown; the other student's readings stay too.
    await elsewhere.page.reload()
    await expect(byClass(elsewhere)).toBeVisible()
    await ben.page.goto('/account')
    await expect(ben.page.getByRole('table', { name: 'My readings' })).toBeVisible()
    for (const person of [teacher, ada, ben, elsewhere]) expect(person.errors).toEqual([])
  } finally {
    await Promise.all([teacher, ada, ben, elsewhere].map((person) => person.close()))
  }
})

/** Text of cells as `toHaveText` sees it: without the tabs between them. */
function wordsOnly(text: string): string {
  return text.replaceAll(/\t|\n/g, '')
}
