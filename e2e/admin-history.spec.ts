/**
 * A full history, to which its students agreed in those words: two classes played by real vaults on real sealed
 * readings, then opened by the course admin in a real browser, by nobody else, and seen by each student.
 */
import { CoursePlay } from './support/course-play.ts'
import { glance } from './support/glance.ts'
import { choose, openPerson, signIn } from './support/people.ts'
import { expect, test } from './support/test.ts'

const { step } = test

test('a course admin opens a full history, and each student sees that', async ({ school }) => {
  test.setTimeout(240_000)
  const play = await CoursePlay.open(school.url)
  const teacher = await play.signUp('Grace')
  const admin = await play.signUp('Hedy')
  const students = [await play.signUp('Ada'), await play.signUp('Bob'), await play.signUp('Cleo')]
  await step('two classes under the promise of a full history', async () => {
    await play.openCourse(teacher, 'Mechanics', { historyPolicy: 'full-history' })
    await play.enrol(teacher, admin, 'course-admin')
    for (const student of students) await play.enrol(teacher, student)
    await play.hold(teacher, students, [
      ['happy', 'sad', 'neutral'],
      ['happy', 'anger', 'surprise'],
    ])
    await play.hold(teacher, students, [['happy', 'sad', null]])
  })
  const hedy = await openPerson('Hedy', school.url)
  const ada = await openPerson('Ada', school.url)
  const { page } = hedy
  const log = page.getByRole('table', { name: 'Log of readings' })
  const lines = log.locator('tbody tr')
  const history = `/admin/courses/${play.courseId}/history`
  try {
    await step('before anything is opened, nobody is told of an opening', async () => {
      await signIn({ ...ada, email: students[0]?.email ?? '' })
      await ada.page.goto('/account')
      await expect(ada.page.getByRole('heading', { name: /What happened to your/ })).toBeVisible()
      await expect(ada.page.getByText('Readings opened')).toHaveCount(0)
    })

    await step('the course admin comes to the history by the desk', async () => {
      await signIn({ ...hedy, email: admin.email })
      await page.goto('/admin')
      await page.getByRole('link', { name: 'Mechanics' }).click()
      await glance(page, 'history-course')
      await page.getByRole('link', { name: 'Open the history' }).click()
      await expect(page.getByText('Each opening is written down')).toBeVisible()
      await glance(page, 'history-closed')
      await page.getByRole('button', { name: 'Open the history' }).click()
      await expect(lines.first()).toBeVisible()
    })

    await step('it holds every reading, and engagement by student', async () => {
      // Three intervals with a tap, and the last of each class, which ended before one.
      await expect(lines.filter({ hasText: 'Ada' })).toHaveCount(5)
      await expect(lines.filter({ hasText: 'Ada' }).filter({ hasText: 'happy' })).toHaveCount(3)
      await expect(lines.filter({ hasText: 'Bob' }).filter({ hasText: 'sad' })).toHaveCount(2)
      const bars = page.getByRole('region', { name: 'Engagement by student' })
      await expect(
        bars.getByRole('img', { name: /^Ada: Engaged 3 of 5, Unclear 2 of 5$/ }),
      ).toBeVisible()
      await expect(bars.getByRole('img')).toHaveCount(3)
      await glance(page, 'history-open')
    })

    await step('it sorts by each column', async () => {
      await log.getByRole('button', { name: 'Student' }).click()
      await expect(lines.first()).toContainText('Ada')
      await log.getByRole('button', { name: 'Student' }).click()
      await expect(lines.first()).toContainText('Cleo')
      await log.getByRole('button', { name: 'Emotion' }).click()
      await expect(lines.first()).toContainText('anger')
    })

    await step('it is filtered by engagement, by student and by period', async () => {
      await choose(page.getByRole('combobox', { name: 'Engagement' }), 'Not engaged')
      await expect(lines.filter({ hasNotText: 'Not engaged' })).toHaveCount(0)
      await choose(page.getByRole('combobox', { name: 'Engagement' }), 'Any')
      await page.getByRole('button', { name: 'Bob' }).click()
      await expect(lines.filter({ hasNotText: 'Bob' })).toHaveCount(0)
      await expect(lines).toHaveCount(5)
      await glance(page, 'history-student')
      await page.getByLabel('To', { exact: true }).fill('2020-01-01')
      await expect(page.getByText('No reading fits')).toBeVisible()
      await glance(page, 'history-none')
    })

    await step('each student sees who opened it, and the trail holds it', async () => {
      await ada.page.reload()
      const events = ada.page.getByRole('table', { name: 'Events' })
      const row = events.getByRole('row', { name: /Readings opened/ })
      await expect(row.first()).toContainText('Hedy')
      await expect(row).toHaveCount(2)
      await glance(ada.page, 'history-seen')
    })

    await step(
      'a teacher who is no course admin, school admin or not, cannot open it',
      async () => {
        const grace = await openPerson('Grace', school.url)
        try {
          await signIn({ ...grace, email: teacher.email })
          await grace.page.goto(history)
          await expect(grace.page.getByText('This history stays closed')).toBeVisible()
          await glance(grace.page, 'history-refused')
          await grace.page.goto('/admin/audit')
          await choose(grace.page.getByRole('combobox', { name: 'Kind' }), 'Readings opened')
          await expect(grace.page.getByRole('table', { name: 'Events' })).toContainText('Hedy')
          expect(grace.errors).toEqual([])
        } finally {
          await grace.close()
        }
      },
    )

    await step('web and logs hold no reading in words', async () => {
      const dump = `${await school.dump()}\n${school.log()}`
      for (const word of ['happy', 'anger', 'surprise'])
        expect(dump).not.toMatch(new RegExp(`\\b${word}\\b`))
    })
    for (const { errors, name } of [hedy, ada]) expect(errors, name).toEqual([])
  } finally {
    await Promise.all([hedy.close(), ada.close()])
  }
})
