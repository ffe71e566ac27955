/**
 * Devices and the keyboard: trying one's sound before a class, choosing other devices without leaving, words where a
 * device is refused, Space to talk as the other side hears it, and a class that is held by the keyboard alone.
 */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { attendClass, fillSignUp, joinCourse, openPerson, type Person } from './support/people.ts'
import { expect, test } from './support/test.ts'

test.describe.configure({ timeout: 420_000 })

/** Violations that keep someone from using a page. */
async function seriousFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

/** Presses Tab until a control of this role and name has the focus. */
async function tabTo(page: Page, role: 'button' | 'link' | 'textbox', name: string): Promise<void> {
  const target = page.getByRole(role, { name, exact: true }).first()
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach the ${role} "${name}"`)
}

/** Whether a viewer's list of people says that this person's microphone is on. */
function heardBy(viewer: Person, name: string, microphone: 'on' | 'off') {
  return viewer.page
    .getByRole('complementary', { name: 'People' })
    .getByRole('listitem')
    .filter({ hasText: name })
    .getByRole('img', { name: `Microphone ${microphone}` })
}

test('devices are tried and switched, and the keyboard alone holds a class', async ({ school }) => {
  const teacher = await openPerson('Kim Keys', school.url)
  const student = await openPerson('Lou Listener', school.url)
  const refused = await openPerson('Nil Nodevice', school.url)
  const { page } = teacher
  try {
    await page.goto('/sign-up')
    await fillSignUp(teacher)
    await page.waitForURL('**/courses')

    // A course, and its class, by Tab, Enter and typing.
    await tabTo(page, 'button', 'Create course')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'Course name' })).toBeFocused()
    await page.keyboard.type('Chemistry 7')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/courses\/[0-9a-f-]{36}$/)
    const path = new URL(page.url()).pathname
    const invite = await page.getByRole('textbox', { name: 'Invite link' }).inputValue()
    await joinCourse(student, invite)
    await tabTo(page, 'button', 'Start class')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/class\/[0-9a-f-]{36}$/)
    await expect(page.getByRole('button', { name: 'Stop video' })).toBeVisible()
    expect(await seriousFaults(page)).toEqual([])
    await tabTo(page, 'button', 'Join class')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('group', { name: teacher.name })).toBeVisible()

    // The student tries the sound first: three seconds, played back; then joins and looks at the list.
    await student.page.goto(path)
    await student.page.getByRole('link', { name: 'Join class' }).click()
    await student.page.getByRole('button', { name: 'Test my sound' }).click()
    await expect(student.page.getByText('Say something…')).toBeVisible()
    await expect(student.page.getByText('Was that you?')).toBeVisible()
    const microphone = student.page.getByRole('combobox', { name: 'Microphone' })
    const second = await microphone.getByRole('option').nth(1).getAttribute('value')
    if (second === null) throw new Error('there is one microphone alone')
    await microphone.selectOption(second)
    await expect(microphone).toHaveValue(second)
    await student.page.getByRole('button', { name: 'Join class' }).click()
    await student.page.getByRole('button', { name: 'People' }).click()
    await expect(heardBy(student, teacher.name, 'on')).toBeVisible()

    // Alt+M mutes at the other side; Space, held, opens the microphone for as long.
    await page.keyboard.press('Alt+m')
    await expect(heardBy(student, teacher.name, 'off')).toBeVisible()
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    })
    await page.keyboard.down('Space')
    await expect(page.getByText('You are heard while you hold Space')).toBeVisible()
    await expect(heardBy(student, teacher.name, 'on')).toBeVisible()
    await page.keyboard.up('Space')
    await expect(heardBy(student, teacher.name, 'off')).toBeVisible()
    await page.keyboard.press('Alt+m')
    await expect(heardBy(student, teacher.name, 'on')).toBeVisible()

    // The sheet names the keys; People opens and closes by key.
    await page.keyboard.press('Shift+?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect(sheet).toContainText('Mute or unmute')
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(sheet).toHaveCount(0)
    await page.keyboard.press('Alt+p')
    await expect(page.getByRole('complementary', { name: 'People' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('complementary', { name: 'People' })).toHaveCount(0)
    expect(await seriousFaults(page)).toEqual([])

    // Another camera in the call: the student's tile at the teacher's goes on with a new picture.
    await student.page.getByRole('button', { name: 'Camera and microphone' }).click()
    const camera = student.page.getByRole('dialog').getByRole('combobox', { name: 'Camera' })
    const other = await camera.getByRole('option').nth(1).getAttribute('value')
    if (other !== null) await camera.selectOption(other)
    expect(await seriousFaults(student.page)).toEqual([])
    await student.page.keyboard.press('Escape')
    const tile = page.getByRole('group', { name: student.name }).locator('video')
    const clock = await tile.evaluate((video: HTMLVideoElement) => video.currentTime)
    await expect
      .poll(() => tile.evaluate((video: HTMLVideoElement) => video.currentTime))
      .toBeGreaterThan(clock + 1)

    // Whoever may use no device reads why, and can join all the same.
    await refused.context.clearPermissions()
    await refused.page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('refused', 'NotAllowedError'))
    })
    await joinCourse(refused, invite)
    await attendClass(refused, path, null)
    await expect(
      refused.page.getByRole('group', { name: refused.name }).getByRole('img', {
        name: 'Microphone off',
      }),
    ).toBeVisible()
    await refused.page.getByRole('button', { name: 'Unmute' }).click()
    await expect(refused.page.getByText('may not use your microphone').first()).toBeVisible()

    // The end, by key.
    await page.keyboard.press('Alt+l')
    await tabTo(page, 'button', 'End class for all')
    await page.keyboard.press('Enter')
    await expect(page.getByText('The class has ended')).toBeVisible()
    await expect(student.page.getByText('The class has ended')).toBeVisible()
    for (const person of [teacher, student, refused]) expect(person.errors).toEqual([])
  } finally {
    await Promise.all([teacher, student, refused].map((person) => person.close()))
  }
})
