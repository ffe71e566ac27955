/**
 * A teacher runs a class: what is pressed on one side is looked at on the other, down to the packets of sound that
 * still arrive.
 */
import { readFile } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { glance } from './support/glance.ts'
import { tabAndPress } from './support/keyboard.ts'
import { expect, test } from './support/test.ts'
import {
  choose,
  createCourse,
  joinCourse,
  openPerson,
  signUp,
  startClass,
  type Person,
} from './support/people.ts'
import { moodCounts } from './support/readings.ts'
import { scriptWeight } from './support/weight.ts'
import { disobeyMute, soundPackets, watchConnections } from './support/sound.ts'

/** Sound flows at some 50 packets a second, and at a few while it is quiet. */
const HEARD = 10

/** The menu entry of one person in the teacher's panel. */
async function press(teacher: Person, name: string, entry: string): Promise<void> {
  const { page } = teacher
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

/** As long a name as one may have, with all that a name may hold. */
const GUS = 'Gus <b>G.</b> גס 🎈 of a family with ever so long a name'.padEnd(100, ' and so on')

/** What somebody at the door reads. */
function waits({ page }: Person): Locator {
  return page.getByRole('heading', { name: 'A teacher will let you in' })
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
    openPerson(GUS, school.url),
  ])
  const everyone = [teacher, sam, cleo, gus]
  const { page } = teacher
  const unmute = sam.page.getByRole('button', { name: 'Unmute', exact: true })
  const out = 'A teacher removed you from this class'
  let course = { path: '', inviteLink: '' }
  try {
    await test.step('a class of check-ins, with a waiting room for everyone', async () => {
      await Promise.all([watchConnections(teacher.context), watchConnections(sam.context)])
      await signUp(teacher)
      course = await createCourse(teacher, 'Music 7', {
        readings: 'Check-ins',
        intervalSeconds: 5,
        minimumGroup: 2,
      })
      await page.getByRole('switch', { name: 'Guests may attend' }).click()
      await page.getByRole('radio', { name: 'Everyone waits' }).click()
      await page.getByRole('button', { name: 'Save settings' }).click()
      await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    })

    await test.step('a weekly class, for calendars, and an invitation in words', async () => {
      await choose(page.getByRole('combobox', { name: 'Weekday' }), 'Wednesday')
      await page.getByLabel('Starts at').fill('09:30')
      await page.getByRole('button', { name: 'Save weekly class' }).click()
      await expect(page.getByText(/^Every Wednesday at 09:30/)).toBeVisible()
      await teacher.context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.getByRole('button', { name: 'Copy invitation' }).click()
      const words = await page.evaluate(() => navigator.clipboard.readText())
      expect(words).toMatch(/invited to Music 7[\s\S]*Every Wednesday at 09:30/)
      expect(words).toContain(course.inviteLink)
    })

    await test.step('students join the course, and take the weekly class along', async () => {
      await Promise.all([sam, cleo].map((student) => joinCourse(student, course.inviteLink)))
      const calendar = sam.page.waitForEvent('download')
      await sam.page.getByRole('button', { name: 'Add to calendar' }).click()
      const file = await readFile(await (await calendar).path(), 'utf8')
      expect(file).toMatch(/RRULE:FREQ=WEEKLY/)
      expect(file).toContain('Music 7')
    })

    await test.step('students wait too, until one press lets all in', async () => {
      await startClass(teacher, course.path)
      await page.getByRole('button', { name: 'Mute', exact: true }).click()
      for (const student of [sam, cleo]) {
        await student.page.goto(page.url())
        await student.page.getByRole('button', { name: 'Join class' }).click()
        await expect(waits(student)).toBeVisible()
      }
      await expect(page.getByText('2 people wait to be let in.')).toBeVisible()
      for (const { name } of [sam, cleo]) await expect(tile(page, name)).toHaveCount(0)
      await page.getByRole('button', { name: 'Admit all' }).click()
      await cleo.page
        .getByRole('dialog')
        .getByRole('button', { name: 'Allow', exact: true })
        .click()
      for (const { name } of [sam, cleo]) await expect(tile(page, name)).toBeVisible()
      await cleo.page.getByRole('button', { name: 'Mute', exact: true }).click()
    })

    await test.step('a student is asked before much was fetched, and can answer by key', async () => {
      const question = sam.page.getByRole('dialog')
      await expect(question).toContainText(
        /one record every 5 seconds.* kept, sealed, for 180 days/,
      )
      await glance(sam.page, 'the question')
      // Nothing is said of an answer before there is one.
      await expect(sam.page.getByText('You attend without check-ins')).toHaveCount(0)
      const weight = await scriptWeight(sam.page)
      await sam.page.keyboard.press('Escape')
      await expect(question).toBeVisible()
      await tabAndPress(sam.page, 'button', 'Allow')
      await expect(question).toHaveCount(0)
      await expect(tile(sam.page, sam.name)).toBeVisible()
      expect(weight, 'bytes of script').toBeLessThan(350_000)
    })

    await test.step('one who is muted is heard no more, even by a browser that disobeys', async () => {
      await expect.poll(() => soundPackets(page)).toBeGreaterThan(HEARD)
      await page.getByRole('button', { name: 'People' }).click()
      await glance(page, 'the panel of people')
      await press(teacher, sam.name, 'Mute')
      await expect(unmute).toBeVisible()
      await expect(sam.page.getByText('A teacher muted you.')).toBeVisible()
      await expect.poll(() => soundPackets(page)).toBe(0)
      await disobeyMute(sam.page)
      await expect.poll(() => soundPackets(sam.page, 'outbound')).toBeGreaterThan(HEARD)
      expect(await soundPackets(page), 'what the media server lets through').toBe(0)
    })

    await test.step('where unmuting is forbidden, only being asked leads back', async () => {
      await page.getByRole('button', { name: 'Permissions' }).click()
      await glance(page, 'permissions')
      await page.getByRole('switch', { name: 'Unmute themselves' }).click()
      await page.getByRole('button', { name: 'Close', exact: true }).click()
      await unmute.click()
      await expect(sam.page.getByText('The teacher has muted the class.').first()).toBeVisible()
      await expect(unmute).toBeVisible()
      expect(await soundPackets(page)).toBe(0)
      await press(teacher, sam.name, 'Ask to unmute')
      const question = sam.page.getByRole('dialog', { name: 'The teacher asks you to unmute' })
      await expect(question).toBeVisible()
      await glance(sam.page, 'being asked to unmute')
      await question.getByRole('button', { name: 'Unmute', exact: true }).click()
      await expect.poll(() => soundPackets(page)).toBeGreaterThan(HEARD)
      await page.getByRole('button', { name: 'Mute all' }).click()
      await expect.poll(() => soundPackets(page)).toBe(0)
    })

    await test.step('stopping video takes the picture away on the other side', async () => {
      await expect(tile(cleo.page, sam.name).locator('video')).toBeVisible()
      await press(teacher, sam.name, 'Stop video')
      await expect(tile(cleo.page, sam.name).locator('video')).toBeHidden()
      await expect(sam.page.getByRole('button', { name: 'Start video' })).toBeVisible()
    })

    await test.step('guests wait; where the class is locked, not even that', async () => {
      const coursePage = await teacher.context.newPage()
      await coursePage.goto(course.path)
      const guestLink = await coursePage.getByRole('textbox', { name: 'Guest link' }).inputValue()
      await coursePage.getByRole('radio', { name: 'Guests wait' }).click()
      await coursePage.getByRole('button', { name: 'Save settings' }).click()
      await expect(coursePage.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
      await coursePage.close()
      await page.getByRole('button', { name: 'Lock class' }).click()
      await expect(page.getByText('Locked: nobody new can enter.')).toBeVisible()
      await gus.page.goto(guestLink)
      await gus.page.getByRole('textbox', { name: 'Your name' }).fill(gus.name)
      await gus.page.getByRole('button', { name: 'Join class' }).click()
      await expect(gus.page.getByText('The teacher has locked this class')).toBeVisible()
      await page.getByRole('button', { name: 'Unlock class' }).click()
      await gus.page.getByRole('button', { name: 'Join again' }).click()
      await gus.page.getByRole('textbox', { name: 'Your name' }).fill(gus.name)
      await gus.page.getByRole('button', { name: 'Join class' }).click()
      await expect(waits(gus)).toBeVisible()
      await expect(gus.page.getByText(sam.name)).toBeHidden()
      await glance(gus.page, 'waiting to be let in')
      await glance(page, 'somebody waits')
      await page.getByRole('button', { name: `Admit ${gus.name}` }).click()
      await expect(tile(gus.page, sam.name)).toBeVisible()
      await expect(tile(sam.page, gus.name)).toBeVisible()
    })

    await test.step('one who is removed is gone for all at once, readings included', async () => {
      const mood = page.getByRole('figure', { name: 'Class mood' })
      await expect(async () => {
        await sam.page.getByRole('button', { name: 'happy', exact: true }).click()
        await cleo.page.getByRole('button', { name: 'sad', exact: true }).click()
        expect((await moodCounts(page)).total).toBe(2)
      }).toPass()
      await glance(page, 'the chart')
      await press(teacher, cleo.name, 'Remove from class')
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
      await expect(cleo.page.getByRole('heading', { name: out })).toBeVisible()
      await expect(tile(sam.page, cleo.name)).toBeHidden()
      await glance(cleo.page, 'removed')
      await sam.page.getByRole('button', { name: 'happy', exact: true }).click()
      await expect(mood).toContainText('Too few to show')
    })

    await test.step('neither a reload nor a second tab leads back', async () => {
      const classUrl = page.url()
      const second = await cleo.context.newPage()
      for (const where of [cleo.page, second]) {
        await where.goto(classUrl)
        await where.getByRole('button', { name: 'Join class' }).click()
        await expect(where.getByText(`${out}.`)).toBeVisible()
      }
      await second.close()
    })

    await test.step('nor does a second account: whoever is new now waits, and can be declined', async () => {
      const context = await cleo.browser.newContext({ baseURL: school.url })
      const other: Person = {
        ...cleo,
        name: 'Clara Newcomer',
        email: `second-${cleo.email}`,
        context,
        page: await context.newPage(),
      }
      await joinCourse(other, course.inviteLink)
      await other.page.goto(page.url())
      await other.page.getByRole('button', { name: 'Join class' }).click()
      await expect(waits(other)).toBeVisible()
      await page.getByRole('button', { name: `Decline ${other.name}` }).click()
      await expect(other.page.getByText('The teacher did not let you in.')).toBeVisible()
      await context.close()
    })

    await test.step('who is let back in comes back', async () => {
      await page.getByRole('button', { name: `Let ${cleo.name} back in` }).click()
      await cleo.page.goto(page.url())
      await cleo.page.getByRole('button', { name: 'Join class' }).click()
      await expect(tile(sam.page, cleo.name)).toBeVisible()
    })

    await test.step('a role that changes is held in the running class, and lists who attended', async () => {
      const coursePage = await teacher.context.newPage()
      await coursePage.goto(course.path)
      await choose(coursePage.getByRole('combobox', { name: `Role of ${sam.name}` }), 'Teacher')
      await expect(sam.page.getByText('Your role in this class has changed.')).toBeVisible()
      await sam.page.getByRole('button', { name: 'People' }).click()
      await sam.page.getByRole('button', { name: 'Attendance' }).click()
      const table = sam.page.getByRole('table', { name: 'Who attended' })
      for (const { name } of everyone)
        await expect(table.getByRole('rowheader', { name })).toBeVisible()
      await glance(sam.page, 'attendance')
      const download = sam.page.waitForEvent('download')
      await sam.page.getByRole('button', { name: 'Export attendance' }).click()
      const csv = await readFile(await (await download).path(), 'utf8')
      for (const { name } of everyone) expect(csv).toContain(name)
      await sam.page.keyboard.press('Escape')
    })

    await test.step('two teachers press at once, and see the same', async () => {
      const turn = (of: Page): Promise<void> =>
        of.getByRole('button', { name: /^(Lock|Unlock) class$/ }).click()
      await Promise.all([turn(page), turn(sam.page)])
      const locked = (of: Page): Promise<boolean> =>
        of.getByText('Locked: nobody new can enter.').isVisible()
      // The second press may still be on its way, and turn both over once more.
      await expect(async () => {
        if (await locked(page)) await turn(sam.page)
        for (const where of [page, sam.page]) {
          const lock = where.getByRole('button', { name: 'Lock class', exact: true })
          await expect(lock).toBeVisible({ timeout: 2_000 })
        }
      }).toPass()
    })

    await test.step('the end is for all', async () => {
      await page.getByRole('button', { name: 'Leave', exact: true }).click()
      await glance(page, 'leaving')
      await page.getByRole('button', { name: 'End class for all' }).click()
      for (const where of [page, sam.page])
        await expect(where.getByRole('heading', { name: 'The class has ended' })).toBeVisible()
      await glance(page, 'the class has ended')
    })

    for (const person of everyone)
      expect(person.errors, `errors on ${person.name}'s page`).toEqual([])
  } finally {
    await Promise.all(everyone.map((person) => person.close()))
  }
})
