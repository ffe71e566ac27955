/**
 * A teacher runs a class: what is pressed on one side is looked at on the other, down to the packets of sound that
 * still arrive.
 */
import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/test.ts'
import {
  attendClass,
  choose,
  createCourse,
  enterRoom,
  joinCourse,
  openPerson,
  signUp,
  startClass,
  type Person,
} from './support/people.ts'
import { soundPackets, watchConnections } from './support/sound.ts'

/** Sound flows at some 50 packets a second, and at a few while it is quiet. */
const HEARD = 10

async function expectNothingSerious(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(
    serious.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join('\n')),
    state,
  ).toEqual([])
}

/** The menu entry of one person in the teacher's panel. */
async function press(teacher: Person, name: string, entry: string): Promise<void> {
  const { page } = teacher
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

function tile(page: Page, name: string): Locator {
  return page.getByRole('group', { name, exact: true })
}

test('a teacher mutes, asks, locks, lets in, removes and hands over, and the others feel it', async ({
  school,
}) => {
  test.setTimeout(420_000)
  const teacher = await openPerson('Tara Teacher', school.url)
  const [sam, cleo, gus] = await Promise.all([
    openPerson('Sam Student', school.url),
    openPerson('Cleo Student', school.url),
    openPerson('Gus Guest', school.url),
  ])
  const everyone = [teacher, sam, cleo, gus]
  try {
    await Promise.all([watchConnections(teacher.context), watchConnections(sam.context)])
    await signUp(teacher)
    const course = await createCourse(teacher, 'Music 7', { readings: 'Off' })
    await teacher.page.getByRole('switch', { name: 'Guests may attend' }).click()
    await teacher.page.getByRole('radio', { name: 'Guests wait' }).click()
    await teacher.page.getByRole('button', { name: 'Save settings' }).click()
    await expect(teacher.page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    for (const student of [sam, cleo]) await joinCourse(student, course.inviteLink)
    await startClass(teacher, course.path)
    for (const student of [sam, cleo]) await attendClass(student, course.path, null)
    await teacher.page.getByRole('button', { name: 'Mute', exact: true }).click()
    await cleo.page.getByRole('button', { name: 'Mute', exact: true }).click()

    // Sam alone is heard, until the teacher mutes him: then nothing arrives any more.
    await expect.poll(() => soundPackets(teacher.page)).toBeGreaterThan(HEARD)
    await teacher.page.getByRole('button', { name: 'People' }).click()
    await expectNothingSerious(teacher.page, 'the panel of people')
    await press(teacher, sam.name, 'Mute')
    const unmute = sam.page.getByRole('button', { name: 'Unmute', exact: true })
    await expect(unmute).toBeVisible()
    await expect(sam.page.getByText('A teacher muted you.')).toBeVisible()
    await expect.poll(() => soundPackets(teacher.page)).toBe(0)

    // Where unmuting is forbidden, pressing it changes nothing; being asked does, by Sam's own choice.
    await teacher.page.getByRole('button', { name: 'Permissions' }).click()
    await expectNothingSerious(teacher.page, 'permissions')
    await teacher.page.getByRole('switch', { name: 'Unmute themselves' }).click()
    await teacher.page.getByRole('button', { name: 'Close', exact: true }).click()
    await unmute.click()
    await expect(sam.page.getByText('The teacher has muted the class.').first()).toBeVisible()
    await expect(unmute).toBeVisible()
    expect(await soundPackets(teacher.page)).toBe(0)
    await press(teacher, sam.name, 'Ask to unmute')
    const question = sam.page.getByRole('dialog', { name: 'The teacher asks you to unmute' })
    await expect(question).toBeVisible()
    await expectNothingSerious(sam.page, 'being asked to unmute')
    await question.getByRole('button', { name: 'Unmute', exact: true }).click()
    await expect.poll(() => soundPackets(teacher.page)).toBeGreaterThan(HEARD)
    await teacher.page.getByRole('button', { name: 'Mute all' }).click()
    await expect.poll(() => soundPackets(teacher.page)).toBe(0)

    // Stopping video takes the picture away on the other side.
    await expect(tile(cleo.page, sam.name).locator('video')).toBeVisible()
    await press(teacher, sam.name, 'Stop video')
    await expect(tile(cleo.page, sam.name).locator('video')).toBeHidden()
    await expect(sam.page.getByRole('button', { name: 'Start video' })).toBeVisible()

    // Locked, a guest does not even wait; open, the guest waits, sees nobody, and is let in.
    const classUrl = teacher.page.url()
    await teacher.page.getByRole('button', { name: 'Lock class' }).click()
    await expect(teacher.page.getByText('Locked: nobody new can enter.')).toBeVisible()
    await gus.page.goto(classUrl)
    await gus.page.getByRole('textbox', { name: 'Your name' }).fill(gus.name)
    await gus.page.getByRole('button', { name: 'Join class' }).click()
    await expect(gus.page.getByText('The teacher has locked this class')).toBeVisible()
    await teacher.page.getByRole('button', { name: 'Unlock class' }).click()
    await gus.page.getByRole('button', { name: 'Join again' }).click()
    await gus.page.getByRole('textbox', { name: 'Your name' }).fill(gus.name)
    await gus.page.getByRole('button', { name: 'Join class' }).click()
    await expect(gus.page.getByRole('heading', { name: 'A teacher will let you in' })).toBeVisible()
    await expect(gus.page.getByText(sam.name)).toBeHidden()
    await expectNothingSerious(gus.page, 'waiting to be let in')
    await expectNothingSerious(teacher.page, 'somebody waits')
    await teacher.page.getByRole('button', { name: `Admit ${gus.name}` }).click()
    await expect(tile(gus.page, sam.name)).toBeVisible()
    await expect(tile(sam.page, gus.name)).toBeVisible()

    // Removed, Cleo is gone for all at once, and neither a reload nor a second tab leads back.
    await press(teacher, cleo.name, 'Remove from class')
    await teacher.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    const out = 'A teacher removed you from this class'
    await expect(cleo.page.getByRole('heading', { name: out })).toBeVisible()
    await expect(tile(sam.page, cleo.name)).toBeHidden()
    await expectNothingSerious(cleo.page, 'removed')
    const second = await cleo.context.newPage()
    for (const page of [cleo.page, second]) {
      await page.goto(classUrl)
      await page.getByRole('button', { name: 'Join class' }).click()
      await expect(page.getByText(`${out}.`)).toBeVisible()
    }
    await second.close()
    await teacher.page.getByRole('button', { name: `Let ${cleo.name} back in` }).click()
    await cleo.page.getByRole('button', { name: 'Join again' }).click()
    await enterRoom(cleo)
    await expect(tile(sam.page, cleo.name)).toBeVisible()

    // A role that changes on the course page is Sam's in the running class, without his doing.
    const coursePage = await teacher.context.newPage()
    await coursePage.goto(course.path)
    await choose(coursePage.getByRole('combobox', { name: `Role of ${sam.name}` }), 'Teacher')
    await expect(sam.page.getByText('Your role in this class has changed.')).toBeVisible()
    await sam.page.getByRole('button', { name: 'People' }).click()
    await sam.page.getByRole('button', { name: 'Attendance' }).click()
    const table = sam.page.getByRole('table', { name: 'Who attended' })
    for (const { name } of everyone)
      await expect(table.getByRole('rowheader', { name })).toBeVisible()
    await expectNothingSerious(sam.page, 'attendance')
    const download = sam.page.waitForEvent('download')
    await sam.page.getByRole('button', { name: 'Export attendance' }).click()
    const csv = await readFile(await (await download).path(), 'utf8')
    for (const { name } of everyone) expect(csv).toContain(name)

    // The end is for all, and the list can still be kept.
    await teacher.page.getByRole('button', { name: 'Leave', exact: true }).click()
    await teacher.page.getByRole('button', { name: 'End class for all' }).click()
    for (const { page } of everyone)
      await expect(page.getByRole('heading', { name: 'The class has ended' })).toBeVisible()
    await expect(teacher.page.getByRole('button', { name: 'Export attendance' })).toBeVisible()
    await expect(gus.page.getByRole('button', { name: 'Export attendance' })).toHaveCount(0)
    for (const person of everyone)
      expect(person.errors, `errors on ${person.name}'s page`).toEqual([])
  } finally {
    await Promise.all(everyone.map((person) => person.close()))
  }
})
