/**
 * The admins' desk as its people meet it: an import with a row that is wrong, rights, a suspension that ends
 * a session at once, the trail that shows it, health, and a course admin who sees their own courses alone.
 */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import {
  choose,
  createCourse,
  fillSignUp,
  joinCourse,
  openPerson,
  signUp,
} from './support/people.ts'
import { expect, test } from './support/test.ts'

test.describe.configure({ timeout: 600_000 })

/** Where pictures of every page go, for whoever looks at them; none are taken without it. */
const SHOTS = process.env['ATTUNE_SHOTS']
const WIDTHS = [390, 1024, 1600] as const
const SERIOUS = ['serious', 'critical']

/** Looks for what keeps someone from using a page, and takes its pictures where they are wanted. */
async function look(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const faults = violations
    .filter(({ impact }) => SERIOUS.includes(impact ?? ''))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  expect(faults, name).toEqual([])
  if (SHOTS === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 })
      const path = `${SHOTS}/${name}-${String(width)}-${colorScheme}.png`
      await page.screenshot({ path, fullPage: true })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 720 })
}

const savedOn = (page: Page) => page.getByRole('status').filter({ hasText: 'Saved' })

test('a school is led from the desk', async ({ school }) => {
  const admin = await openPerson('Ada Admin', school.url)
  const nora = await openPerson('Nora New', school.url)
  const cora = await openPerson('Cora Courses', school.url)
  const { page } = admin
  try {
    await signUp(admin)
    const course = await createCourse(admin, 'Physics 10', { readings: 'Check-ins' })
    await createCourse(admin, 'Biology 9b', { readings: 'Off' })

    // Someone joins by the teacher's link and is made admin of that course.
    await joinCourse(cora, course.inviteLink)
    await page.goto(course.path)
    await choose(page.getByRole('combobox', { name: 'Role of Cora Courses' }), 'Course admin')
    await expect(savedOn(page)).toBeVisible()

    // The import says what is wrong before anything happens.
    await page.goto('/admin/import')
    const csv = [
      'name,email,may teach,age group,course',
      `Nora New,${nora.email},no,13-15,${course.inviteLink}`,
      'Nobody,not an address,,,',
    ].join('\n')
    const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
    await page.getByLabel('Choose a CSV file').setInputFiles(file)
    await expect(page.getByText('This is not an e-mail address.')).toBeVisible()
    await expect(page.getByRole('alert').filter({ hasText: '1 person to invite' })).toBeVisible()
    await look(page, 'import-preview')
    await page.getByRole('button', { name: 'Import 1 row' }).click()
    await expect(page.getByRole('alert').filter({ hasText: '1 person was invited' })).toBeVisible()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the links' }).click()
    const stream = await (await download).createReadStream()
    const links = (await stream.toArray()).join('')
    const link = /http[^",]+\/welcome\/[\w-]+/.exec(links)?.[0]
    await page.goto('/admin/invitations')
    await expect(page.getByRole('table', { name: 'Invitations' })).toContainText('Nora New')
    await look(page, 'invitations')
    await page.getByRole('button', { name: 'Invite' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await look(page, 'invite')

    // The invited person makes the account and joins the course by an own signature.
    await nora.page.goto(link ?? '')
    await expect(nora.page.getByText(nora.email)).toBeVisible()
    await look(nora.page, 'welcome')
    await nora.page.getByRole('link', { name: 'Create account' }).click()
    await fillSignUp(nora)
    await nora.page.getByRole('button', { name: 'Join Physics 10' }).click()
    await expect(nora.page.getByRole('link', { name: /Physics 10/ })).toBeVisible()

    // Rights are given and taken on the desk; who is suspended is out at once.
    await page.goto('/admin')
    await page.getByRole('searchbox', { name: 'Search names and addresses' }).fill('nora')
    await expect(page.getByText('1 found')).toBeVisible()
    await page.getByRole('checkbox', { name: 'Nora New: May teach' }).click()
    await expect(savedOn(page)).toBeVisible()
    await look(page, 'people')
    await page.getByRole('link', { name: 'Nora New' }).click()
    await expect(page.getByRole('combobox', { name: 'Age group' })).toHaveValue('13-15')
    await look(page, 'person')
    await nora.page.goto('/account')
    await expect(nora.page.getByRole('table', { name: 'Events' })).toContainText('Rights changed')
    await page.getByRole('switch', { name: 'Suspended' }).click()
    await expect(savedOn(page)).toBeVisible()
    await nora.page.goto('/courses')
    await expect(nora.page.getByRole('button', { name: 'Sign in' }).first()).toBeVisible()

    // The trail shows it; the service's parts answer.
    await page.goto('/admin/audit')
    await page.getByRole('searchbox').fill('nora')
    await choose(page.getByRole('combobox', { name: 'Kind' }), 'Rights changed')
    await expect(page.getByRole('table', { name: 'Events' }).getByText('suspended')).toBeVisible()
    await look(page, 'audit')
    await page.goto('/admin/health')
    await expect(page.getByText('Answers', { exact: true })).toHaveCount(3)
    await expect(page.getByRole('table', { name: /Workers/ })).toContainText('Running')
    await expect(page.getByRole('table', { name: /Workers/ })).toContainText('%')
    await look(page, 'health')
    await page.goto('/admin/retention')
    await page.getByRole('spinbutton', { name: /Readings of a class/ }).fill('365')
    await page.getByRole('button', { name: 'Save retention' }).click()
    await expect(savedOn(page)).toBeVisible()
    await look(page, 'retention')
    await page.goto('/admin/courses')
    await expect(page.getByRole('table', { name: 'Courses' })).toContainText('Biology 9b')
    await look(page, 'courses')

    // A course admin's desk is about the own courses.
    const own = cora.page
    await own.goto('/admin')
    await expect(own.getByRole('table', { name: 'Courses' })).toContainText('Physics 10')
    await expect(own.getByText('Biology 9b')).toHaveCount(0)
    await expect(own.getByRole('link', { name: 'Health' })).toHaveCount(0)
    await own.getByRole('link', { name: 'Physics 10' }).click()
    await expect(own.getByRole('heading', { level: 1, name: 'Physics 10' })).toBeVisible()
    await expect(own.getByRole('table', { name: 'Events' })).toBeVisible()
    await look(own, 'course')
    await own.goto('/admin/policy')
    await expect(own.getByRole('heading', { name: 'for school admins' })).toBeVisible()
    for (const { errors, name } of [admin, nora, cora]) expect(errors, name).toEqual([])
  } finally {
    await Promise.all([admin.close(), nora.close(), cora.close()])
  }
})
