/**
 * People, courses, invitations and the school's policy, as a person meets them in the browser, and what each page says
 * when something is wrong.
 */
import type { Page } from '@playwright/test'
import { look } from './support/look.ts'
import { watchOpened } from './support/opened.ts'
import {
  allowExpressionAnalysis,
  choose,
  createCourse,
  enterRoom,
  fillSignUp,
  joinCourse,
  openPerson,
  PASSWORD,
  signIn,
  signUp,
  type Person,
} from './support/people.ts'
import { expect, test } from './support/test.ts'

// Several people, each with keys to stretch: minutes on a busy machine of two cores.
test.describe.configure({ timeout: 600_000 })

const savedOn = (page: Page) => page.getByRole('status').filter({ hasText: 'Saved' })

test('a school sets its policy, and courses are held to it', async ({ school }) => {
  const admin = await openPerson('Ada Admin', school.url)
  const { page } = admin
  try {
    await signUp(admin)

    // Off in a new school: no course can choose it.
    await createCourse(admin, 'Biology 9b', { readings: 'Off' })
    const expression = page
      .getByRole('radiogroup', { name: 'Readings' })
      .getByRole('radio', { name: 'Expression analysis' })
    await expect(expression).toBeDisabled()

    // In the EU it needs the confirmation and a written reason.
    await page.goto('/admin/policy')
    await expect(page.getByText('Regulation (EU) 2024/1689')).toBeVisible()
    await page.getByRole('switch', { name: 'Expression analysis' }).click()
    await choose(page.getByRole('combobox', { name: 'Country' }), 'Germany')
    await page.getByRole('button', { name: 'Save policy' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'marked' })).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Medical or safety reason' })).toHaveAttribute(
      'aria-invalid',
      'true',
    )
    const confirm = page.getByRole('checkbox', { name: 'I confirm that this use is lawful here' })
    await confirm.click()
    await page
      .getByRole('textbox', { name: 'Medical or safety reason' })
      .fill('Ward school: early signs of seizures')
    await page.getByRole('button', { name: 'Save policy' }).click()
    await expect(savedOn(page)).toBeVisible()
    const log = page.getByRole('region', { name: 'Log' })
    await expect(log).toContainText('Ada Admin')
    await expect(log).toContainText('Ward school: early signs of seizures')

    // What was saved is what a reload shows, and courses may now choose it.
    await page.reload()
    await expect(page.getByRole('switch', { name: 'Expression analysis' })).toBeChecked()
    await page.goto('/courses')
    await page.getByRole('link', { name: 'Biology 9b' }).click()
    await expect(expression).toBeEnabled()
    await expression.click()
    await page.getByRole('spinbutton', { name: 'Interval (seconds)' }).fill('4')
    await page.getByRole('button', { name: 'Save settings' }).click()
    await expect(page.getByText('Enter a whole number from 5 to 600.')).toBeVisible()
    await page.getByRole('spinbutton', { name: 'Interval (seconds)' }).fill('30')
    await page.getByRole('button', { name: 'Save settings' }).click()
    await expect(savedOn(page)).toBeVisible()
    await page.reload()
    await expect(expression).toBeChecked()
    await expect(page.getByRole('spinbutton', { name: 'Interval (seconds)' })).toHaveValue('30')
  } finally {
    await admin.close()
  }
})

test('people join by invitation, see each other, and get roles by name', async ({ school }) => {
  const teacher = await openPerson('Tara Teacher', school.url)
  const sam = await openPerson('Sam Student', school.url)
  const kim = await openPerson('Kim Colleague', school.url)
  try {
    await signUp(teacher)
    const course = await createCourse(teacher, 'Physics 10', { readings: 'Check-ins' })
    expect(course.inviteLink).toMatch(/^http.*\/invite\/[\w-]+#[\w-]+$/)

    // A link whose fragment names another root enrols nobody.
    await signUp(sam)
    await sam.page.goto(course.inviteLink.replace(/#.*/, `#${'A'.repeat(22)}`))
    await sam.page.getByRole('button', { name: 'Join course' }).click()
    await expect(
      sam.page.getByRole('alert').filter({ hasText: 'does not belong to the course' }),
    ).toBeVisible()

    await joinCourse(sam, course.inviteLink)
    await expect(sam.page.getByRole('heading', { level: 1, name: 'Physics 10' })).toBeVisible()
    const peopleOfSam = sam.page.getByRole('region', { name: 'People' })
    await expect(peopleOfSam).toContainText('Tara Teacher')
    await expect(peopleOfSam.getByRole('combobox')).toHaveCount(0)
    await expect(sam.page.getByRole('button', { name: 'Start class' })).toHaveCount(0)

    // From the invitation to the account and back to the invitation.
    await joinCourse(kim, course.inviteLink)
    await kim.page.goto(course.inviteLink)
    await expect(kim.page.getByText('You are in this course already.')).toBeVisible()

    await teacher.page.reload()
    await choose(teacher.page.getByRole('combobox', { name: 'Role of Kim Colleague' }), 'Teacher')
    await expect(savedOn(teacher.page)).toBeVisible()
    const openedByKim = await watchOpened(kim.context)
    const openedBySam = await watchOpened(sam.context)
    await kim.page.goto(course.path)
    await expect(kim.page.getByRole('button', { name: 'Start class' })).toBeVisible()

    // Everyone in the course finds the way into the class that runs.
    await kim.page.getByRole('button', { name: 'Start class' }).click()
    await kim.page.waitForURL(/\/class\/[0-9a-f-]{36}$/)
    await expect(sam.page.getByRole('link', { name: 'Join class' })).toBeVisible()
    await enterRoom(kim)
    expect(new Set(openedByKim)).toEqual(new Set(['devices', 'connection', '/signaling/local']))

    const classUrl = kim.page.url()
    const expectOutside = async (page: Page, opened: readonly string[]): Promise<void> => {
      const content = await page.content()
      for (const word of ['Physics 10', teacher.name, kim.name])
        expect(content.includes(word), `"${word}" on the page`).toBe(false)
      await expect(page.locator('video, audio')).toHaveCount(0)
      expect(opened, 'devices, connections and sockets').toEqual([])
    }

    await test.step('a stranger sees nothing of the class: first the sign-in page, then why not', async () => {
      const context = await sam.browser.newContext({ baseURL: school.url })
      context.setDefaultTimeout(120_000)
      const opened = await watchOpened(context)
      const page = await context.newPage()
      const zoe: Person = { ...sam, name: 'Zoe Stranger', email: `zoe.${sam.email}`, context, page }
      await page.goto(classUrl)
      await expect(page).toHaveURL(/\/sign-in/)
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
      await expectOutside(page, opened)
      await page.getByRole('link', { name: 'Create an account' }).click()
      await fillSignUp(zoe)
      await expect(page).toHaveURL(classUrl)
      await expect(page.getByRole('heading', { name: 'This class cannot be opened' })).toBeVisible()
      await expect(page.getByText('This course does not take guests.')).toBeVisible()
      await expectOutside(page, opened)
      await expect(kim.page.getByRole('group', { name: zoe.name })).toHaveCount(0)
      await context.close()
    })

    await teacher.page.getByRole('button', { name: 'Remove Sam Student' }).click()
    await teacher.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect(savedOn(teacher.page)).toBeVisible()
    await sam.page.reload()
    await expect(
      sam.page.getByRole('heading', { name: 'You are not in this course' }),
    ).toBeVisible()
    await sam.page.goto(classUrl)
    await expect(sam.page.getByText('You were removed from this course.')).toBeVisible()
    await expectOutside(sam.page, openedBySam)
  } finally {
    await Promise.all([teacher.close(), sam.close(), kim.close()])
  }
})

test('an account keeps its keys through reload, sign-out, a new password and the recovery code', async ({
  school,
}) => {
  const first = await openPerson('Ada Admin', school.url)
  const second = await openPerson('Bea Second', school.url)
  const { page } = first
  try {
    const recoveryCode = await signUp(first)
    await createCourse(first, 'Chemistry 8', { readings: 'Off' })

    // A second account with the same address is refused beside the box that is wrong.
    await second.page.goto('/sign-up')
    await second.page.getByRole('textbox', { name: 'Name', exact: true }).fill('Bea Second')
    await second.page.getByRole('textbox', { name: 'Email', exact: true }).fill(first.email)
    await second.page.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD)
    await second.page.getByRole('button', { name: 'Create account' }).click()
    await expect(
      second.page.getByText('There is already an account with this address.'),
    ).toBeVisible()
    await second.page.getByRole('textbox', { name: 'Email', exact: true }).fill(second.email)
    await second.page.getByRole('button', { name: 'Create account' }).click()
    await second.page.getByRole('button', { name: 'Continue' }).click()
    await expect(second.page.getByRole('heading', { name: 'No courses yet' })).toBeVisible()
    await expect(second.page.getByRole('button', { name: 'Create course' })).toHaveCount(0)

    // The school marks her as a teacher; nobody else sees the school's pages.
    await second.page.goto('/admin')
    await expect(second.page.getByRole('heading', { name: 'for school admins' })).toBeVisible()
    await page.goto('/admin')
    await page.getByRole('checkbox', { name: 'Bea Second: May teach' }).click()
    await expect(savedOn(page)).toBeVisible()
    await second.page.goto('/courses')
    await expect(second.page.getByRole('button', { name: 'Create course' })).toBeVisible()

    // A device that lost its half of the key asks for the password; the session alone opens nothing.
    const devtools = await first.context.newCDPSession(page)
    await devtools.send('Storage.clearDataForOrigin', {
      origin: school.url,
      storageTypes: 'indexeddb',
    })
    await page.goto('/courses')
    const unlock = page.getByRole('button', { name: 'Unlock' })
    const password = page.getByRole('textbox', { name: 'Password' })
    await password.fill('not the password')
    await unlock.click()
    await expect(password).toHaveAttribute('aria-invalid', 'true')
    await password.fill(PASSWORD)
    await unlock.click()
    await expect(page.getByRole('link', { name: 'Chemistry 8' })).toBeVisible()

    // Open across page loads; locked for all tabs by signing out in one.
    await page.goto('/courses')
    await expect(page.getByRole('link', { name: 'Chemistry 8' })).toBeVisible()
    const otherTab = await first.context.newPage()
    await otherTab.goto('/account')
    await expect(otherTab.getByRole('heading', { name: 'My readings' })).toBeVisible()
    await page.getByRole('button', { name: 'Account menu' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.waitForURL(/\/sign-in/)
    await otherTab.waitForURL(/\/sign-in/)
    await otherTab.close()

    // A wrong password, then the right one.
    await page.goto('/sign-in')
    await page.getByRole('textbox', { name: 'Email', exact: true }).fill(first.email)
    await page.getByRole('textbox', { name: 'Password', exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'That did not work' })).toBeVisible()
    await signIn(first)

    // A new password keeps everything.
    await page.goto('/account')
    await page.getByRole('textbox', { name: 'Current password' }).fill(PASSWORD)
    await page.getByRole('textbox', { name: 'New password' }).fill('another good password 2')
    await page.getByRole('button', { name: 'Change password' }).click()
    await expect(savedOn(page)).toBeVisible()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/\/sign-in/)
    await signIn(first, 'another good password 2')
    await page.getByRole('link', { name: 'Chemistry 8' }).click()
    await expect(page.getByRole('textbox', { name: 'Invite link' })).toHaveValue(/#/)

    const idleTab = await first.context.newPage()
    await idleTab.goto('/account')
    await expect(idleTab.getByRole('heading', { name: 'My readings' })).toBeVisible()

    // So does the recovery code, on a device that has never seen the account.
    await second.context.clearCookies()
    await second.page.goto('/sign-in')
    await second.page.getByRole('button', { name: 'recovery code' }).click()
    await second.page.getByRole('textbox', { name: 'Email', exact: true }).fill(first.email)
    await second.page.getByRole('textbox', { name: 'Recovery code' }).fill(recoveryCode)
    await second.page.getByRole('textbox', { name: 'New password' }).fill('a third good password 3')
    await second.page.getByRole('button', { name: 'Set password and sign in' }).click()
    await second.page.waitForURL('**/courses')
    await second.page.getByRole('link', { name: 'Chemistry 8' }).click()
    await expect(second.page.getByRole('textbox', { name: 'Invite link' })).toHaveValue(/#/)

    // It ended the sessions elsewhere: the tab that asks first hears of it, and the idle one locks with it.
    await page.waitForURL(/\/sign-in/)
    await idleTab.waitForURL(/\/sign-in/)
  } finally {
    await Promise.all([first.close(), second.close()])
  }
})

test('every page can be used by everyone: axe finds nothing serious, light and dark, and nothing is too wide', async ({
  school,
}) => {
  const teacher = await openPerson('Tara Teacher', school.url)
  const student = await openPerson('Sam Student', school.url)
  const { page } = teacher
  try {
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(page, 'front door')
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await look(page, 'sign-in with errors')
    await page.goto('/sign-up')
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor()
    await look(page, 'sign-up')
    await fillSignUp(teacher)
    await expect(page.getByRole('button', { name: 'Create course' })).toBeVisible()
    await look(page, 'courses, none yet')
    await page.getByRole('button', { name: 'Create course' }).click()
    await look(page, 'dialog')
    await allowExpressionAnalysis(teacher)
    await look(page, 'policy')
    await page.goto('/admin')
    await expect(page.getByRole('checkbox').first()).toBeVisible()
    await look(page, 'people of the school')
    const course = await createCourse(teacher, 'Latin 7', { readings: 'Expression analysis' })

    await student.page.goto(course.inviteLink)
    await expect(student.page.getByRole('button', { name: 'Join course' })).toBeVisible()
    await look(student.page, 'invitation')
    await joinCourse(student, course.inviteLink)
    await expect(student.page.getByRole('region', { name: 'People' })).toBeVisible()
    await look(student.page, 'course as a student')
    await page.reload()
    await expect(page.getByRole('combobox', { name: 'Role of Sam Student' })).toBeVisible()
    await look(page, 'course as a teacher')
    await student.page.goto('/account')
    await expect(student.page.getByRole('heading', { name: 'No readings' })).toBeVisible()
    await look(student.page, 'account')
    await page.goto('/model-card')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(page, 'model card')
    await page.goto('/nowhere')
    await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
    await look(page, 'an address that leads nowhere')
    for (const person of [teacher, student]) {
      const elsewhere = person.requests.filter(
        (url) => !url.startsWith(school.url) && !url.startsWith('blob:'),
      )
      expect(elsewhere, `requests of ${person.name} to other origins`).toEqual([])
      expect(person.errors, `errors on ${person.name}'s page`).toEqual([])
    }
  } finally {
    await Promise.all([teacher.close(), student.close()])
  }
})
