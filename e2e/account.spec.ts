/**
 * Keys over a person's years at a school: a renewed key that nobody is asked about, a recovery code that is changed, a
 * guardian who consents, and a start with new keys after everything was lost.
 */
import type { Page } from '@playwright/test'
import { glance } from './support/glance.ts'
import {
  createCourse,
  enterRoom,
  joinCourse,
  openPerson,
  PASSWORD,
  signUp,
  startClass,
} from './support/people.ts'
import { expect, test } from './support/test.ts'

const NEW_PASSWORD = 'a quite different password 2'

const savedOn = (page: Page) => page.getByRole('status').filter({ hasText: 'Saved' })

test.describe.configure({ timeout: 600_000 })

test('keys are renewed, lost and begun anew, and a guardian consents', async ({ school }) => {
  const teacher = await openPerson('Tara Teacher', school.url)
  const sam = await openPerson('Sam Student', school.url)
  try {
    await signUp(teacher)
    const course = await createCourse(teacher, 'Chemistry 8', {
      readings: 'Check-ins',
      intervalSeconds: 5,
      minimumGroup: 2,
    })
    await joinCourse(sam, course.inviteLink)

    // Both renew their keys: nobody is asked about it.
    for (const { page } of [teacher, sam]) {
      await page.goto('/account')
      await page.getByRole('button', { name: 'Renew my keys' }).click()
      const dialog = page.getByRole('dialog', { name: 'Renew your keys' })
      await glance(page, 'renewing keys')
      await dialog.getByRole('textbox', { name: 'Password' }).fill('not the password')
      await dialog.getByRole('button', { name: 'Make new keys' }).click()
      await expect(dialog.getByText('The password is not right.')).toBeVisible()
      await dialog.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
      await dialog.getByRole('button', { name: 'Make new keys' }).click()
      await expect(dialog).toBeHidden()
    }

    // A guardian answers for those below the school's age.
    await teacher.page.goto('/admin/policy')
    await teacher.page.getByRole('spinbutton', { name: 'Age of own consent' }).fill('16')
    await teacher.page.getByRole('button', { name: 'Save policy' }).click()
    await expect(savedOn(teacher.page)).toBeVisible()
    await startClass(teacher, course.path)
    await sam.page.goto(course.path)
    await expect(sam.page.getByText('Confirm new keys')).toHaveCount(0)
    await sam.page.getByRole('link', { name: 'Join class' }).click()
    await enterRoom(sam)
    const consent = sam.page.getByRole('dialog')
    await consent.getByRole('radio', { name: /parent or guardian answers/ }).click()
    await consent.getByRole('button', { name: 'Allow', exact: true }).click()
    const guardian = consent.getByRole('textbox', { name: 'Name of parent or guardian' })
    await expect(guardian).toHaveAttribute('aria-invalid', 'true')
    await glance(sam.page, 'a guardian is asked')
    await guardian.fill('Pat Parent')
    await consent.getByRole('checkbox', { name: /I am this person’s parent/ }).check()
    await consent.getByRole('button', { name: 'Allow', exact: true }).click()
    await expect(consent).toBeHidden()
    await sam.page.getByRole('button', { name: 'happy', exact: true }).click()
    await expect(sam.page.getByRole('status', { name: 'My reading' })).toContainText('happy')
    await teacher.page.getByRole('button', { name: 'Leave' }).click()
    await teacher.page.getByRole('button', { name: 'End class for all' }).click()

    // What was read is there under the new keys.
    await sam.page.goto('/account')
    await expect(sam.page.getByRole('region', { name: 'My readings' })).toContainText('happy')
    await glance(sam.page, 'the account page under new keys')

    // A new recovery code holds once it is typed back.
    await sam.page.getByRole('button', { name: 'Get a new recovery code' }).click()
    const asking = sam.page.getByRole('dialog', { name: 'A new recovery code' })
    await asking.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
    await asking.getByRole('button', { name: 'Show the new code' }).click()
    const code = await sam.page.getByRole('textbox', { name: 'New recovery code' }).inputValue()
    await sam.page.getByRole('textbox', { name: 'Type the code back' }).fill(code.toLowerCase())
    await sam.page.getByRole('button', { name: 'Use this code from now on' }).click()
    await expect(savedOn(sam.page)).toBeVisible()

    // Everything lost: a code of the school, after the page has said what that costs.
    const samsPage = `/admin/people/${await accountOf(sam.page)}`
    await teacher.page.goto(samsPage)
    await teacher.page.getByRole('button', { name: 'Look up the consents' }).click()
    await expect(teacher.page.getByRole('table', { name: 'Consents' })).toContainText('Pat Parent')
    await teacher.page.getByRole('button', { name: 'Issue a reset code' }).click()
    const reset = await teacher.page.getByRole('textbox', { name: 'Reset code' }).inputValue()
    await sam.context.clearCookies()
    await sam.page.goto('/reset')
    await glance(sam.page, 'starting with new keys')
    await expect(sam.page.getByText('What is lost for good')).toBeVisible()
    await sam.page.getByRole('textbox', { name: 'Email' }).fill(sam.email)
    await sam.page.getByRole('textbox', { name: 'Reset code' }).fill(reset)
    await sam.page.getByRole('textbox', { name: 'New password' }).fill(NEW_PASSWORD)
    await sam.page
      .getByRole('checkbox', { name: 'I understand that this cannot be undone' })
      .check()
    await sam.page.getByRole('button', { name: 'Start with new keys' }).click()
    await expect(sam.page.getByRole('textbox', { name: 'Recovery code' })).toBeVisible()
    await sam.page.getByRole('button', { name: 'Continue' }).click()
    await sam.page.waitForURL('**/courses')
    await sam.page.goto(course.path)
    await sam.page.getByRole('button', { name: 'Confirm the keys' }).click()
    await expect(sam.page.getByRole('button', { name: 'Confirm the keys' })).toHaveCount(0)

    // What the lost keys opened is closed for good, and can still be erased.
    await sam.page.goto('/account')
    await expect(sam.page.getByText(/could not be opened/)).toBeVisible()
    await glance(sam.page, 'closed readings')
    await sam.page.getByRole('button', { name: 'Erase readings of Chemistry 8' }).click()
    await sam.page.getByRole('button', { name: 'Erase for good' }).click()
    await expect(sam.page.getByRole('heading', { name: 'No readings' })).toBeVisible()
    await expect(sam.page.getByText(/could not be opened/)).toHaveCount(0)

    // Who looked, and who issued the code, stands on the own page.
    await sam.page.goto('/account')
    const trail = sam.page.getByRole('main')
    await expect(trail).toContainText('Consents looked up')
    await expect(trail).toContainText('Reset code issued')
    expect([...teacher.errors, ...sam.errors]).toEqual([])
  } finally {
    await Promise.all([teacher.close(), sam.close()])
  }
})

/** The id of whoever is signed in on a page, as its own server tells it. */
async function accountOf(page: Page): Promise<string> {
  const response = await page.request.get('/api/session')
  const { account } = (await response.json()) as { account: { id: string } }
  return account.id
}
