/**
 * The desk's part about the school: policy with its log, courses, support, directory, retention, trail and health, and
 * a course admin, whose desk is about their own courses alone.
 */
import { glance } from './support/glance.ts'
import {
  allowExpressionAnalysis,
  choose,
  createCourse,
  joinCourse,
  openPerson,
  signUp,
} from './support/people.ts'
import { expect, test } from './support/test.ts'

const { step } = test

test('a school is led from the desk', async ({ school }) => {
  test.setTimeout(240_000)
  const admin = await openPerson('Ada Admin', school.url)
  const cora = await openPerson('Cora Courses', school.url)
  const { page } = admin
  const saved = page.getByRole('status').filter({ hasText: 'Saved' })
  try {
    await signUp(admin)
    const course = await createCourse(admin, 'Physics 10', { readings: 'Check-ins' })
    await createCourse(admin, 'Biology 9b', { readings: 'Off' })
    await joinCourse(cora, course.inviteLink)
    await page.goto(course.path)
    await choose(page.getByRole('combobox', { name: 'Role of Cora Courses' }), 'Course admin')
    await expect(saved).toBeVisible()

    await step('the policy says what the law is and logs who decided what', async () => {
      await page.goto('/admin/policy')
      await expect(page.getByRole('switch', { name: 'Expression analysis' })).not.toBeChecked()
      await glance(page, 'admin-policy-off')
      await page.getByRole('switch', { name: 'Expression analysis' }).click()
      await choose(page.getByRole('combobox', { name: 'Country' }), 'Germany')
      await page.getByRole('checkbox', { name: 'I confirm that this use is lawful here' }).check()
      await page.getByRole('button', { name: 'Save policy' }).click()
      await expect(page.getByRole('textbox', { name: 'Medical or safety reason' })).toBeVisible()
      await expect(page.getByRole('textbox', { name: 'Medical or safety reason' })).toHaveAttribute(
        'aria-invalid',
        'true',
      )
      await glance(page, 'admin-policy-refused')
      await allowExpressionAnalysis(admin)
      const log = page.getByRole('region', { name: 'Log' }).getByRole('listitem')
      await expect(log.first()).toContainText('Ada Admin')
      await expect(log.first()).toContainText('Canada')
      await glance(page, 'admin-policy-on')
    })

    await step('courses are found, sorted and opened', async () => {
      await page.goto('/admin/courses')
      const table = page.getByRole('table', { name: 'Courses' })
      const first = table.locator('tbody tr').first()
      await expect(first).toContainText('Biology 9b')
      await glance(page, 'admin-courses')
      await table.getByRole('button', { name: 'People' }).click()
      await table.getByRole('button', { name: 'People' }).click()
      await expect(first).toContainText('Physics 10')
      await page.getByRole('searchbox').fill('bio')
      await expect(table.locator('tbody tr')).toHaveCount(1)
      await table.getByRole('link', { name: 'Biology 9b' }).click()
      await expect(page.getByText('This course keeps totals')).toBeVisible()
      await glance(page, 'admin-course')
    })

    await step('support: trusted staff, the directory from a file, no case yet', async () => {
      await page.goto('/admin/cases')
      await glance(page, 'admin-cases-empty')
      await page.goto('/admin/directory')
      await glance(page, 'admin-directory-empty')
      await page.getByLabel('Find a person').fill('cora')
      await page.getByRole('button', { name: 'Add Cora Courses' }).click()
      await expect(page.getByRole('button', { name: /Remove Cora Courses/ })).toBeVisible()
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Download an empty file' }).click()
      await download
      const row = 'Help line,help-line,CA,en,school,+1 555 0100,,https://help.example,always,Free'
      const csv = `name,kind,country,languages,topics,phone,email,website,hours,about\n${row}\n`
      const file = { name: 'directory.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
      await page.getByLabel('Import CSV').setInputFiles(file)
      await page.getByRole('button', { name: /^Edit / }).click()
      await glance(page, 'admin-directory-entry')
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
      await page.getByRole('button', { name: 'Save directory' }).click()
      await expect(saved).toBeVisible()
      await glance(page, 'admin-directory')
    })

    await step('retention is set for everyone', async () => {
      await page.goto('/admin/retention')
      await page.getByRole('spinbutton', { name: /Readings of a class/ }).fill('0')
      await page.getByRole('button', { name: 'Save retention' }).click()
      await expect(page.getByText(/Enter a whole number from/)).toBeVisible()
      await glance(page, 'admin-retention-wrong')
      await page.getByRole('spinbutton', { name: /Readings of a class/ }).fill('365')
      await page.getByRole('button', { name: 'Save retention' }).click()
      await expect(saved).toBeVisible()
      await glance(page, 'admin-retention')
    })

    await step('the trail shows who did what, filtered and searched', async () => {
      await page.goto('/admin/audit')
      await glance(page, 'admin-audit')
      await page.getByRole('searchbox').fill('cora')
      await choose(page.getByRole('combobox', { name: 'Kind' }), 'Role given')
      const events = page.getByRole('table', { name: 'Events' })
      await expect(events).toContainText('Cora Courses')
      await page.getByLabel('To', { exact: true }).fill('2020-01-01')
      await expect(events).toHaveCount(0)
      await glance(page, 'admin-audit-none')
    })

    await step('every part of the service answers, with its load', async () => {
      await page.goto('/admin/health')
      await expect(page.getByText('Answers', { exact: true })).toHaveCount(3)
      await expect(page.getByRole('table', { name: /Workers/ })).toContainText('Running')
      await expect(page.getByRole('table', { name: /Workers/ })).toContainText('%')
      await glance(page, 'admin-health')
    })

    await step('on a phone the row of sections stands where the open one is seen', async () => {
      const sections = page.getByRole('navigation', { name: 'School', exact: true })
      const size = page.viewportSize()
      await page.setViewportSize({ width: 390, height: 844 })
      for (const section of ['/admin/health', '/admin/courses', '/admin/directory']) {
        await page.goto(section)
        // Its line lies on the row's own, a pixel outside of it.
        await expect(sections.locator('[aria-current=page]')).toBeInViewport({ ratio: 0.95 })
      }
      if (size) await page.setViewportSize(size)
    })

    await step('a course admin’s desk is about the own courses', async () => {
      const own = cora.page
      await own.goto('/admin')
      await expect(own.getByRole('table', { name: 'Courses' })).toContainText('Physics 10')
      await expect(own.getByText('Biology 9b')).toHaveCount(0)
      await expect(own.getByRole('link', { name: 'Health' })).toHaveCount(0)
      await own.getByRole('link', { name: 'Physics 10' }).click()
      await expect(own.getByRole('heading', { level: 1, name: 'Physics 10' })).toBeVisible()
      await expect(own.getByRole('table', { name: 'Events' })).toBeVisible()
      await glance(own, 'admin-own-course')
      await own.goto('/admin/policy')
      await expect(own.getByRole('heading', { name: 'for school admins' })).toBeVisible()
      await glance(own, 'admin-refused')
    })
    for (const { errors, name } of [admin, cora]) expect(errors, name).toEqual([])
  } finally {
    await Promise.all([admin.close(), cora.close()])
  }
})
