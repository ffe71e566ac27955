/**
 * How people of a class share and talk, each looked at from the other side: a shared screen, the own pin, the teacher's
 * spotlight, chat to all and in private, raised hands, reactions.
 */
import type { Locator } from '@playwright/test'
import { glance } from './support/glance.ts'
import { soundPackets, watchConnections } from './support/sound.ts'
import { expect, test } from './support/test.ts'
import {
  attendClass,
  enterRoom,
  expectVideoOf,
  openCourse,
  openPerson,
  type Person,
  startClass,
} from './support/people.ts'

// Three browsers with software video codecs: minutes on a busy machine of two cores.
test.describe.configure({ timeout: 600_000 })
// Time enough to come back, and not the ten minutes of a school.
test.use({ settings: { SFU_TEACHER_ABSENCE: '20' } })

const SCREEN = "Tara Teacher's screen"

/** Sound flows at some 50 packets a second. */
const HEARD = 10

test('a class shares a screen, writes, raises hands and is shown what the teacher puts in front', async ({
  school,
}) => {
  const teacher = await openPerson('Tara Teacher', school.url)
  const sam = await openPerson('Sam Student', school.url)
  const noa = await openPerson('Noa נועה', school.url)
  const everyone = [teacher, sam, noa]
  try {
    await watchConnections(sam.context)
    const course = await openCourse(teacher, [sam, noa], 'Biology 8', { readings: 'Off' })
    await startClass(teacher, course.path)
    await attendClass(sam, course.path, null)
    await attendClass(noa, course.path, null)

    await test.step('a shared screen arrives with its sound, large, and others stay beside it', async () => {
      // Nobody else is heard meanwhile.
      for (const person of [teacher, noa]) await press(person, 'Mute')
      await expect.poll(() => soundPackets(sam.page)).toBe(0)
      await press(teacher, 'Share screen')
      for (const person of [sam, noa]) await expectVideoOf(person, SCREEN)
      await expect.poll(() => soundPackets(sam.page)).toBeGreaterThan(HEARD)
      expect(await widthOf(group(sam, SCREEN))).toBeGreaterThan(600)
      const motion = teacher.page.getByRole('radio', { name: 'Smooth motion' })
      await teacher.page.getByText('Smooth motion').click()
      await expect(motion).toBeChecked()
      await expect(group(sam, 'Noa נועה')).toBeVisible()
      await glance(sam.page, 'a screen is shared')
    })

    await test.step('two screens at once, each chosen by whoever looks, until the teacher forbids it', async () => {
      await press(sam, 'Share screen')
      const screens = noa.page.getByRole('toolbar', { name: 'Shared screens' })
      await screens.getByRole('button', { name: "Sam Student's screen" }).click()
      await expectVideoOf(noa, "Sam Student's screen")
      await permit(teacher, 'Share their screens')
      await expect(
        sam.page.getByText('The teacher has turned off screen sharing').first(),
      ).toBeVisible()
      await expect(group(noa, "Sam Student's screen")).toBeHidden()
      await expectVideoOf(noa, SCREEN)
    })

    await test.step('a pin is one person’s own view', async () => {
      await options(sam, 'Noa נועה', 'Pin for me')
      await expect(sam.page.getByText('Pinned for you')).toBeVisible()
      await expect.poll(() => widthOf(group(sam, 'Noa נועה'))).toBeGreaterThan(600)
      await expect(group(sam, SCREEN)).toBeHidden()
      await expect(group(noa, SCREEN)).toBeVisible()
      await press(sam, 'Unpin')
      await expectVideoOf(sam, SCREEN)
    })

    await test.step('a spotlight is in front for all, those who come later too', async () => {
      await options(teacher, 'Sam Student', 'Spotlight for everyone')
      await expect(noa.page.getByText('In the spotlight for everyone')).toBeVisible()
      await expect.poll(() => widthOf(group(noa, 'Sam Student'))).toBeGreaterThan(600)
      await glance(noa.page, 'a spotlight')
    })

    await test.step('chat reaches everyone, is text alone, and links take nothing along', async () => {
      await press(sam, 'Chat')
      await write(sam, '<b>bold</b> see https://example.org/page.')
      const unread = teacher.page.getByRole('button', { name: 'Chat', exact: true })
      await expect(unread).toHaveAccessibleDescription('1 unread message')
      await press(teacher, 'Chat')
      await expect(unread).toHaveAccessibleDescription('')
      await expect(messages(teacher)).toContainText('<b>bold</b> see https://example.org/page.')
      const link = messages(teacher).getByRole('link', { name: 'https://example.org/page' })
      await expect(link).toHaveAttribute('rel', 'noopener noreferrer')
    })

    await test.step('a private message is seen by its sender and the teachers', async () => {
      await sam.page
        .getByRole('combobox', { name: 'To' })
        .selectOption({ label: 'To the teachers, privately' })
      await write(sam, 'I am lost')
      await expect(messages(teacher)).toContainText('I am lost')
      await messages(teacher).getByText('I am lost').hover()
      await teacher.page.getByRole('button', { name: 'Reply to Sam Student' }).last().click()
      await write(teacher, 'Page three')
      await expect(messages(sam)).toContainText('Page three')
      await press(noa, 'Chat')
      await write(noa, 'שלום to all')
      await expect(messages(teacher)).toContainText('שלום to all')
      await expect(messages(noa)).toContainText('<b>bold</b>')
      await expect(messages(noa)).not.toContainText('I am lost')
      await expect(messages(noa)).not.toContainText('Page three')
      await messages(noa).getByText('<b>bold</b>').hover()
      await press(noa, 'React to Sam Student')
      await press(noa, 'Heart')
      await expect(messages(sam).getByRole('button', { name: 'Heart: 1' })).toBeVisible()
    })

    await test.step('100 KB are refused with a sentence, and nobody is disturbed', async () => {
      await write(noa, 'x'.repeat(100_000))
      await expect(noa.page.getByRole('alert').filter({ hasText: 'too long' })).toBeVisible()
      await write(noa, 'short again')
      await expect(messages(sam)).toContainText('short again')
      await glance(noa.page, 'chat')
    })

    await test.step('where students may not write to everyone, the teachers alone read what they write', async () => {
      await permit(teacher, 'Write to everyone')
      const to = noa.page.getByRole('combobox', { name: 'To' })
      await expect(to).toHaveValue('teachers')
      await expect(to).toBeDisabled()
      await write(noa, 'for teachers’ eyes')
      await press(teacher, 'Chat')
      await expect(messages(teacher)).toContainText('for teachers’ eyes')
      await write(teacher, 'after that')
      await expect(messages(sam)).toContainText('after that')
      await expect(messages(sam)).not.toContainText('for teachers’ eyes')
      await permit(teacher, 'Write to everyone')
      await expect(to).toBeEnabled()
    })

    await test.step('hands stand in order, and a reload keeps hand, chat and spotlight', async () => {
      await press(noa, 'Raise hand')
      await expect(
        group(teacher, 'Noa נועה').getByRole('img', { name: 'Hand raised, number 1' }),
      ).toBeVisible()
      await press(sam, 'Raise hand')
      await expect(
        group(noa, 'Sam Student').getByRole('img', { name: 'Hand raised, number 2' }),
      ).toBeVisible()
      const front = await group(teacher, 'Sam Student').boundingBox()
      await noa.page.reload()
      await enterRoom(noa)
      await expectVideoOf(teacher, 'Noa נועה')
      expect(await group(teacher, 'Sam Student').boundingBox(), 'nothing jumps').toEqual(front)
      await expect(noa.page.getByRole('button', { name: 'Lower hand' })).toBeVisible()
      await expect(noa.page.getByText('In the spotlight for everyone')).toBeVisible()
      await press(noa, 'Chat')
      await expect(messages(noa)).toContainText('<b>bold</b>')
      await expect(messages(noa)).not.toContainText('I am lost')

      await press(teacher, 'People')
      const raised = teacher.page.getByRole('region', { name: 'Raised hands' })
      await expect(raised.getByRole('listitem')).toContainText(['Noa נועה', 'Sam Student'])
      await glance(teacher.page, 'hands among the people')
      await raised.getByRole('button', { name: 'Lower the hand of Noa נועה' }).click()
      await expect(noa.page.getByRole('button', { name: 'Raise hand' })).toBeVisible()
      await raised.getByRole('button', { name: 'Lower all hands' }).click()
      await expect(sam.page.getByRole('button', { name: 'Raise hand' })).toBeVisible()
    })

    await test.step('a reaction is seen and said', async () => {
      await press(sam, 'Reactions')
      await glance(sam.page, 'choosing a reaction')
      await press(sam, 'Clap')
      await expect(noa.page.getByText('Sam Student: Clap')).toBeAttached()
    })

    await test.step('whoever wants silence of a screen reader has it', async () => {
      const aloud = noa.page.getByRole('switch', { name: 'Announce messages, hands and reactions' })
      await aloud.click()
      await sam.page.getByRole('combobox', { name: 'To' }).selectOption({ label: 'To everyone' })
      await write(sam, 'in silence')
      await expect(messages(noa)).toContainText('in silence')
      await aloud.click()
      await write(sam, 'and aloud')
      const said = noa.page.locator('p[aria-live="polite"]')
      await expect(said.filter({ hasText: 'and aloud' })).toBeAttached()
      await expect(said.filter({ hasText: 'in silence' })).toHaveCount(0)
    })

    await test.step('what ends is gone for all', async () => {
      await press(teacher, 'End spotlight')
      await expectVideoOf(noa, SCREEN)
      await press(teacher, 'Stop sharing')
      for (const person of [sam, noa]) await expect(group(person, SCREEN)).toBeHidden()
    })

    await test.step('a class without its teacher ends by itself, unless one comes in time', async () => {
      const leave = async (): Promise<void> => {
        await press(teacher, 'Leave')
        await press(teacher, 'Leave class')
      }
      const timer = noa.page.getByRole('timer', { name: 'Time until the class ends' })
      await leave()
      await expect(noa.page.getByText('No teacher is here.')).toBeVisible()
      await expect(timer).toHaveText(/^0:(20|1\d)$/)
      await press(teacher, 'Join again')
      await enterRoom(teacher)
      await expect(timer).toHaveCount(0)
      await leave()
      await expect(timer).toHaveText(/^0:(20|1\d)$/)
      await expect(timer).toHaveText(/^0:0\d$/)
      for (const { page } of [sam, noa])
        await expect(page.getByRole('heading', { name: 'The class has ended' })).toBeVisible()
    })

    for (const person of everyone) {
      expect(person.errors, `errors on ${person.name}'s page`).toEqual([])
      const elsewhere = person.requests.filter((url) => new URL(url).hostname === 'example.org')
      expect(elsewhere, 'nothing is loaded for a link').toEqual([])
    }
  } finally {
    await Promise.all(everyone.map((person) => person.close()))
  }
})

function group(viewer: Person, name: string): Locator {
  return viewer.page.getByRole('group', { name, exact: true })
}

function messages(person: Person): Locator {
  return person.page.getByRole('region', { name: 'Messages' })
}

async function press(person: Person, name: string): Promise<void> {
  await person.page.getByRole('button', { name, exact: true }).click()
}

/** Chooses from the menu of a tile, by keyboard. */
async function options(person: Person, name: string, entry: string): Promise<void> {
  const button = person.page.getByRole('button', { name: `Options for ${name}`, exact: true })
  await button.focus()
  await button.press('Enter')
  await person.page.getByRole('menuitem', { name: entry }).click()
}

/** Turns over what students may do. */
async function permit(teacher: Person, what: string): Promise<void> {
  await press(teacher, 'People')
  await press(teacher, 'Permissions')
  await teacher.page.getByRole('switch', { name: what }).click()
  await teacher.page.keyboard.press('Escape')
  await press(teacher, 'Close panel')
}

async function write(person: Person, text: string): Promise<void> {
  const box = person.page.getByRole('textbox', { name: 'Message' })
  await box.fill(text)
  await box.press('Enter')
}

async function widthOf(tile: Locator): Promise<number> {
  return (await tile.boundingBox())?.width ?? 0
}
