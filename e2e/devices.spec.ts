/**
 * Devices and the keyboard: trying one's sound before a class, choosing other devices without leaving, words where a
 * device is refused, Space to talk as the other side hears it, and a class that is held by the keyboard alone.
 */
import type { Locator } from '@playwright/test'
import { glance } from './support/glance.ts'
import { chooseByKey, tabAndPress, tabAndType, tabTo } from './support/keyboard.ts'
import { expectFrames } from './support/media.ts'
import {
  attendClass,
  expectVideoOf,
  joinCourse,
  openPerson,
  PASSWORD,
  type Person,
} from './support/people.ts'
import { noiseFile, soundEnergy, watchConnections } from './support/sound.ts'
import { expect, test } from './support/test.ts'

test.describe.configure({ timeout: 420_000 })

/** A fifth of the meter: what a voice passes and a quiet room does not. */
const HEARD = 0.2

/** What browsers say when a camera cannot be had, and what a person reads. */
const REASONS = [
  ['NotReadableError', 'Another program is using your camera'],
  ['NotFoundError', 'No camera was found'],
  ['NotAllowedError', 'The browser may not use your camera'],
] as const

/** What a viewer's list of people says of this person's microphone. */
function heardBy(viewer: Person, name: string, microphone: 'on' | 'off'): Locator {
  return viewer.page
    .getByRole('complementary', { name: 'People' })
    .getByRole('listitem')
    .filter({ hasText: name })
    .getByRole('img', { name: `Microphone ${microphone}` })
}

/** How much of a meter is seen to be filled, of 1. */
function filled(meter: Locator): Promise<number> {
  return meter.evaluate((element) => {
    const bar = element.firstElementChild?.getBoundingClientRect().width ?? 0
    return bar / element.getBoundingClientRect().width
  })
}

test('devices are tried and switched, and the keyboard alone holds a class', async ({ school }) => {
  const [teacher, student, refused] = await Promise.all([
    openPerson('Kim Keys', school.url),
    openPerson('Lou Listener', school.url, [], { microphone: await noiseFile() }),
    openPerson('Nil Nodevice', school.url),
  ])
  const { page } = teacher
  const people = page.getByRole('complementary', { name: 'People' })
  let path = ''
  let invite = ''
  try {
    await test.step('a course, and its class, by Tab, Enter and typing', async () => {
      await watchConnections(teacher.context)
      await page.goto('/sign-up')
      await tabAndType(page, 'Name', teacher.name)
      await tabAndType(page, 'Email', teacher.email)
      await tabAndType(page, 'Password', PASSWORD)
      await page.keyboard.press('Enter')
      await tabAndPress(page, 'button', 'Continue')
      await page.waitForURL('**/courses')
      await tabAndPress(page, 'button', 'Create course')
      await expect(page.getByRole('textbox', { name: 'Course name' })).toBeFocused()
      await page.keyboard.type('Chemistry 7')
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/courses\/[0-9a-f-]{36}$/)
      path = new URL(page.url()).pathname
      invite = await page.getByRole('textbox', { name: 'Invite link' }).inputValue()
      await joinCourse(student, invite)
      await tabAndPress(page, 'button', 'Start class')
      await page.waitForURL(/\/class\/[0-9a-f-]{36}$/)
      await expect(page.getByRole('button', { name: 'Stop video' })).toBeVisible()
      await glance(page, 'the lobby')
      await tabAndPress(page, 'button', 'Join class')
      await expect(page.getByRole('group', { name: teacher.name })).toBeVisible()
      await glance(page, 'the room, with the first note of the tour')
      await tabAndPress(page, 'button', 'Got it')
    })

    await test.step('the student sees the microphone hear, and tries the sound: three seconds, played back', async () => {
      await student.page.goto(path)
      await student.page.getByRole('link', { name: 'Join class' }).click()
      const meter = student.page.getByRole('meter', { name: 'Microphone level' })
      await expect.poll(() => filled(meter)).toBeGreaterThan(HEARD)
      await student.page.getByRole('button', { name: 'Mute', exact: true }).click()
      await expect.poll(() => filled(meter)).toBe(0)
      await expect(meter).toHaveAttribute('aria-valuenow', '0')
      await student.page.getByRole('button', { name: 'Unmute', exact: true }).click()
      await expect.poll(() => filled(meter)).toBeGreaterThan(HEARD)
      await student.page.getByRole('button', { name: 'Test my sound' }).click()
      await expect(student.page.getByRole('button', { name: 'Say something…' })).toBeVisible()
      await expect(student.page.getByText('Was that you?')).toBeVisible()
      const microphone = student.page.getByRole('combobox', { name: 'Microphone' })
      const second = await microphone.getByRole('option').nth(1).getAttribute('value')
      if (second === null) throw new Error('there is one microphone alone')
      await microphone.selectOption(second)
      await expect(microphone).toHaveValue(second)
      await student.page.getByRole('button', { name: 'Join class' }).click()
      await student.page.getByRole('button', { name: 'People' }).click()
      await expect(heardBy(student, teacher.name, 'on')).toBeVisible()
    })

    await test.step('Alt+M mutes at the other side; Space, held, opens the microphone for as long', async () => {
      await page.keyboard.press('Alt+m')
      await expect(heardBy(student, teacher.name, 'off')).toBeVisible()
      await page.keyboard.down('Space')
      await expect(page.getByText('You are heard while you hold Space')).toBeVisible()
      await expect(heardBy(student, teacher.name, 'on')).toBeVisible()
      await page.keyboard.up('Space')
      await expect(heardBy(student, teacher.name, 'off')).toBeVisible()
      await page.keyboard.press('Alt+m')
      await expect(heardBy(student, teacher.name, 'on')).toBeVisible()
      await page.keyboard.press('Alt+c')
      const picture = student.page.getByRole('group', { name: teacher.name }).locator('video')
      await expect(picture).toBeHidden()
      await page.keyboard.press('Alt+c')
      await expectVideoOf(student, teacher.name)
    })

    await test.step('whoever speaks is shown in a small window over other programs', async () => {
      await student.page.getByRole('button', { name: 'Speaker in a small window' }).click()
      const back = student.page.getByRole('button', { name: 'Close the small window' })
      await expect(back).toBeVisible()
      await expect
        .poll(() =>
          student.page.evaluate(() => {
            const shown = document.pictureInPictureElement
            return shown instanceof HTMLVideoElement && shown.videoWidth > 0 && !shown.paused
          }),
        )
        .toBe(true)
      await back.click()
      await expect
        .poll(() => student.page.evaluate(() => document.pictureInPictureElement === null))
        .toBe(true)
    })

    await test.step('the sheet names the keys', async () => {
      await page.keyboard.press('Shift+?')
      const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
      await expect(sheet).toContainText('Mute or unmute')
      for (const key of ['M', 'C', 'P', 'T', 'R', 'S', 'L'])
        await expect(sheet.getByText(key, { exact: true })).toBeVisible()
      await glance(page, 'the sheet of shortcuts')
      await page.keyboard.press('Escape')
      await expect(sheet).toHaveCount(0)
    })

    await test.step('hand, screen and chat by key, as the student sees them', async () => {
      await page.keyboard.press('Alt+r')
      await expect(
        student.page.getByRole('img', { name: 'Hand raised, number 1' }).first(),
      ).toBeVisible()
      await page.keyboard.press('Alt+r')
      await expect(student.page.getByRole('img', { name: 'Hand raised, number 1' })).toHaveCount(0)
      await page.keyboard.press('Alt+s')
      await expectVideoOf(student, `${teacher.name}'s screen`)
      await page.keyboard.press('Alt+s')
      await expect(
        student.page.getByRole('group', { name: `${teacher.name}'s screen` }),
      ).toHaveCount(0)
      await page.keyboard.press('Alt+t')
      await tabTo(page, 'textbox', 'Message')
      await page.keyboard.type('Open your books')
      await page.keyboard.press('Enter')
      await expect(
        student.page.getByRole('button', { name: 'Chat', exact: true }),
      ).toHaveAccessibleDescription('1 unread message')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('complementary', { name: 'Chat' })).toHaveCount(0)
    })

    await test.step('background noise is removed before it reaches the class, and that is remembered', async () => {
      const before = await soundEnergy(page)
      expect(before).toBeGreaterThan(0)
      await student.page.getByRole('button', { name: 'Camera and microphone' }).click()
      const meter = student.page.getByRole('dialog').getByRole('meter')
      await expect.poll(() => filled(meter)).toBeGreaterThan(HEARD)
      const removal = student.page.getByRole('switch', { name: 'Remove background noise' })
      await expect(removal).not.toBeChecked()
      await removal.click()
      await expect(removal).toBeChecked()
      await student.page.keyboard.press('Escape')
      await expect.poll(async () => (await soundEnergy(page)) / before).toBeLessThan(0.1)
      const kept = await student.page.evaluate(() => localStorage.getItem('attune.devices'))
      expect(kept).toContain('"noiseFilter":true')
    })

    await test.step('the class is run by key: mute all, and the menu of one person', async () => {
      await page.keyboard.press('Alt+p')
      await expect(people).toBeFocused()
      await tabAndPress(page, 'button', 'Mute all')
      await expect(heardBy(student, student.name, 'off')).toBeVisible()
      await tabAndPress(page, 'button', `Actions for ${student.name}`)
      await expect(page.getByRole('menu')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('menu')).toHaveCount(0)
      await expect(people).toBeVisible()
      // The name of the button that has the focus again is shown, and costs no press of its own.
      await expect(page.getByRole('button', { name: `Actions for ${student.name}` })).toBeFocused()
      await chooseByKey(page, `Actions for ${student.name}`, 'Stop video')
      await student.page.getByRole('button', { name: 'Start video' }).click()
      await tabAndPress(page, 'button', 'Lock class')
      await expect(page.getByText('Locked: nobody new can enter.')).toBeVisible()
      await tabAndPress(page, 'button', 'Unlock class')
      await student.page.getByRole('button', { name: 'Chat', exact: true }).click()
      await tabAndPress(page, 'button', 'Permissions')
      await tabTo(page, 'switch', 'Write to everyone')
      await page.keyboard.press('Space')
      await expect(student.page.getByRole('combobox', { name: 'To', exact: true })).toBeDisabled()
      await page.keyboard.press('Space')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await expect(page.getByRole('button', { name: 'Permissions' })).toBeFocused()
      await tabAndPress(page, 'button', 'Attendance')
      const list = page.getByRole('table', { name: 'Who attended' })
      await expect(list.getByRole('rowheader', { name: student.name })).toBeVisible()
      const saving = page.waitForEvent('download')
      await tabAndPress(page, 'button', 'Export attendance')
      await saving
      await page.keyboard.press('Escape')
      await expect(page.getByRole('button', { name: 'Attendance' })).toBeFocused()
      await page.keyboard.press('Escape')
      await expect(people).toHaveCount(0)
      await glance(page, 'the room')
    })

    await test.step('somebody is put in front of everyone by key', async () => {
      const note = student.page.getByText('In the spotlight for everyone')
      await chooseByKey(page, `Options for ${student.name}`, 'Spotlight for everyone')
      await expect(note).toBeVisible()
      await tabAndPress(page, 'button', 'End spotlight')
      await expect(note).toHaveCount(0)
    })

    await test.step('another camera in the call: the tile at the teacher’s goes on', async () => {
      await student.page.getByRole('button', { name: 'Camera and microphone' }).click()
      const camera = student.page.getByRole('dialog').getByRole('combobox', { name: 'Camera' })
      const other = await camera.getByRole('option').last().getAttribute('value')
      if (other === null) throw new Error('there is one camera alone')
      await expect(camera).not.toHaveValue(other)
      await camera.selectOption(other)
      await expect(camera).toHaveValue(other)
      await glance(student.page, 'devices in the call')
      await student.page.keyboard.press('Escape')
      await expectFrames(page, student.name)
    })

    await test.step('another speaker in the call: the class is heard there', async () => {
      await student.page.getByRole('button', { name: 'Camera and microphone' }).click()
      const speaker = student.page.getByRole('dialog').getByRole('combobox', { name: 'Speaker' })
      const other = await speaker.getByRole('option').last().getAttribute('value')
      if (other === null || other === '') throw new Error('there is one speaker alone')
      await speaker.selectOption(other)
      const sinks = (): Promise<string[]> =>
        student.page
          .locator('audio')
          .evaluateAll((all) => all.map((one) => (one as HTMLAudioElement).sinkId))
      await expect.poll(async () => [...new Set(await sinks())]).toEqual([other])
      await student.page.keyboard.press('Escape')
    })

    await test.step('a camera that is turned off and on again at once does not stand still', async () => {
      for (const name of ['Stop video', 'Start video', 'Stop video', 'Start video'])
        await student.page.getByRole('button', { name, exact: true }).click()
      await expectFrames(page, student.name)
    })

    await test.step('whoever may use no device reads why, and can join all the same', async () => {
      await joinCourse(refused, invite)
      await refused.page.addInitScript(() => {
        navigator.mediaDevices.getUserMedia = () =>
          Promise.reject(new DOMException('no', location.hash.slice(1) || 'NotAllowedError'))
      })
      for (const [reason, words] of REASONS) {
        await refused.page.goto(`${new URL(page.url()).pathname}#${reason}`)
        await refused.page.reload()
        await expect(refused.page.getByText(words)).toBeVisible()
      }
      await attendClass(refused, path, null)
      await expect(
        refused.page
          .getByRole('group', { name: refused.name })
          .getByRole('img', { name: 'Microphone off' }),
      ).toBeVisible()
      await refused.page.getByRole('button', { name: 'Unmute' }).click()
      await expect(refused.page.getByText('may not use your microphone').first()).toBeVisible()
      await glance(refused.page, 'a device is refused')
    })

    await test.step('somebody is removed by key, and whoever does it stays at the list', async () => {
      const actions = `Actions for ${refused.name}`
      await page.keyboard.press('Alt+p')
      await chooseByKey(page, actions, 'Remove from class')
      await tabAndPress(page, 'button', 'Cancel')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await expect(page.getByRole('button', { name: actions })).toBeFocused()
      await chooseByKey(page, actions, 'Remove from class')
      await tabAndPress(page, 'button', 'Remove')
      await expect(
        refused.page.getByRole('heading', { name: 'A teacher removed you from this class' }),
      ).toBeVisible()
      await expect(page.getByRole('group', { name: 'Everyone in this class' })).toBeFocused()
      await page.keyboard.press('Escape')
      await expect(people).toHaveCount(0)
    })

    await test.step('the end, by key', async () => {
      await page.keyboard.press('Alt+l')
      await tabAndPress(page, 'button', 'End class for all')
      await expect(page.getByText('The class has ended')).toBeVisible()
      await expect(student.page.getByText('The class has ended')).toBeVisible()
    })

    for (const person of [teacher, student, refused]) expect(person.errors).toEqual([])
  } finally {
    await Promise.all([teacher, student, refused].map((person) => person.close()))
  }
})
