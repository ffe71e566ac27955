/**
 * A school opened by its address in the house, without HTTPS: browsers give such a page no camera, no microphone and no
 * WebCrypto, so that the password is asked for on every load. A student still gets in, answers, watches and says how it
 * goes.
 */
import type { Page } from '@playwright/test'
import {
  createCourse,
  expectVideoOf,
  fillSignUp,
  openPerson,
  PASSWORD,
  type Person,
  PLAIN_HOST,
  signUp,
  startClass,
} from './support/people.ts'
import { expect, test } from './support/test.ts'

/** Without HTTPS a browser tells what it is by its name alone, and nobody knows one that calls itself headless. */
async function takeOrdinaryName({ page, context }: Person): Promise<void> {
  const name = await page.evaluate(() => navigator.userAgent)
  const session = await context.newCDPSession(page)
  await session.send('Network.setUserAgentOverride', {
    userAgent: name.replace('HeadlessChrome', 'Chrome'),
  })
}

async function unlock(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Unlock' }).click()
}

test('without HTTPS a student attends without devices', async ({ school }) => {
  const teacher = await openPerson('Hanna Teacher', school.url)
  const student = await openPerson('Piet Plain', school.url)
  const { page } = student
  try {
    await signUp(teacher)
    const course = await createCourse(teacher, 'Crafts 5', { readings: 'Check-ins' })
    await startClass(teacher, course.path)

    await takeOrdinaryName(student)
    await page.goto(course.inviteLink.replace('localhost', PLAIN_HOST))
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false)
    await page.getByRole('link', { name: 'Create an account' }).click()
    await fillSignUp(student)
    await unlock(page)
    await page.getByRole('button', { name: 'Join course' }).click()
    await page.getByRole('link', { name: 'Join class' }).click()
    await page.getByRole('button', { name: 'Join class' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Allow', exact: true }).click()
    await expectVideoOf(student, teacher.name)
    await expect(teacher.page.getByRole('group', { name: student.name })).toBeVisible()
    await page.getByRole('button', { name: 'happy', exact: true }).click()
    await expect(page.getByRole('status', { name: 'My reading' })).toContainText('happy')
    expect(student.errors).toEqual([])
  } finally {
    await Promise.all([teacher, student].map((person) => person.close()))
  }
})
