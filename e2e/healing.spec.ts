/**
 * A class under real faults: processes are killed, networks cut and changed, a laptop sleeps, a camera is pulled out.
 * After each, pictures flow again by themselves and everything stands as before; nobody reloads a page, and at the end
 * no record is missing.
 */
import type { CDPSession, Locator } from '@playwright/test'
import { expectFrames, expectNoFrames } from './support/media.ts'
import { attendClass, openCourse, openPerson, type Person, startClass } from './support/people.ts'
import { kill, pidsOf } from './support/processes.ts'
import { expect, type School, test } from './support/test.ts'

// Three browsers with software video codecs, and a dozen faults one after another.
test.describe.configure({ timeout: 900_000 })
test.use({ relayed: true })

const TARA = 'Tara Teacher'
const SAM = 'Sam Student'
const NOA = 'Noa North'
const SCREEN = `${SAM}'s screen`
const INTERVAL_SECONDS = 5
/** What a person reads while something in a call does not work. */
const TROUBLE = /^The media server is restarting|^Something in the call did not work/

test('a class heals from every fault by itself, and loses no record', async ({ school }) => {
  const [teacher, sam, noa] = await Promise.all(
    [TARA, SAM, NOA].map((name) => openPerson(name, school.url)),
  )
  if (teacher === undefined || sam === undefined || noa === undefined) throw new Error('no browser')
  const everyone = [teacher, sam, noa]
  try {
    const course = await openCourse(teacher, [sam, noa], 'Geography 9', {
      readings: 'Check-ins',
      intervalSeconds: INTERVAL_SECONDS,
      minimumGroup: 2,
    })
    await startClass(teacher, course.path)
    await attendClass(sam, course.path, 'Allow')
    await attendClass(noa, course.path, 'Allow')
    await setTheScene(teacher, sam, noa)
    for (const { page } of everyone)
      await page.evaluate(() => Object.assign(window, { same: true }))
    const place = await moodOf(teacher).boundingBox()
    const { media, web } = networkOf(school)

    const whole = async (fault: string): Promise<void> => {
      await test.step(`after ${fault} all is as before`, async () => {
        const took = await Promise.all([
          expectFrames(teacher.page, SAM),
          expectFrames(teacher.page, NOA),
          expectFrames(noa.page, TARA),
          expectFrames(noa.page, SCREEN, 1),
        ])
        test.info().annotations.push({
          type: 'media back',
          description: `${fault}: ${(Math.max(...took) / 1_000).toFixed(1)} s`,
        })
        await expectScene(teacher, sam, noa)
        for (const { page } of everyone) await expect(page.getByText(TROUBLE)).toHaveCount(0)
        expect(await moodOf(teacher).boundingBox()).toEqual(place)
        await expectNextInterval(teacher)
        for (const { page } of everyone) {
          expect(await page.evaluate(() => 'same' in window), 'the page was not reloaded').toBe(
            true,
          )
        }
      })
    }

    await whole('nothing')

    await test.step('the media worker is killed', async () => {
      const [before] = kill('worker')
      await whole('the death of a media worker')
      expect(pidsOf('worker')).not.toContain(before)
    })

    await test.step('the media server is killed', async () => {
      kill('sfu')
      await tapCheckIn(sam, 'happy')
      await whole('the death of the media server')
      await expect(messagesOf(noa)).toHaveText([/first words/, /second words/])
    })

    await test.step('web is killed', async () => {
      kill('web')
      await tapCheckIn(sam, 'surprise')
      await whole('the death of web')
    })

    await test.step('the database is killed', async () => {
      kill('database')
      await whole('the death of the database')
    })

    await test.step('media is cut for a while', async () => {
      media.cut()
      await expect(sam.page.getByText(/^The connection was interrupted/)).toBeVisible()
      media.mend()
      await whole('a cut of media')
    })

    await test.step('everybody gets another address', async () => {
      media.changeAddresses()
      web.dropConnections()
      await whole('a change of addresses')
    })

    await test.step('UDP is forbidden from now on', async () => {
      media.blockUdp(true)
      media.changeAddresses()
      await whole('a network without UDP')
      media.blockUdp(false)
    })

    await test.step('everything is cut for longer than a membership is kept', async () => {
      media.cut()
      web.cut()
      web.dropConnections()
      await expect
        .poll(() => school.log().split('"msg":"member left"').length - 1, { timeout: 90_000 })
        .toBeGreaterThanOrEqual(3)
      await tapCheckIn(sam, 'sad')
      web.mend()
      media.mend()
      await whole('a cut that ended every membership')
    })

    await test.step('a laptop sleeps', async () => {
      await sleep(noa, async () => {
        await expect(teacher.page.getByRole('group', { name: NOA, exact: true })).toBeHidden({
          timeout: 90_000,
        })
      })
      await whole('a sleep')
    })

    await test.step('a camera is lost, and plugged in again', async () => {
      await pullOutCamera(noa)
      await expectNoFrames(teacher.page, NOA)
      await plugInCamera(noa)
      await whole('a camera that was pulled out')
    })

    await test.step('no record is missing', async () => {
      await teacher.page.getByRole('button', { name: 'Leave' }).click()
      await teacher.page.getByRole('button', { name: 'End class for all' }).click()
      const readings = await ownReadingsOf(sam)
      const intervals = readings.map(({ interval }) => interval).toSorted((a, b) => a - b)
      const first = intervals[0] ?? Number.NaN
      expect(intervals).toEqual(intervals.map((_, index) => first + index))
      const emotions = readings.map(({ emotion }) => emotion)
      for (const tapped of ['happy', 'surprise', 'sad']) expect(emotions).toContain(tapped)
      expect(everyone.flatMap(({ errors }) => errors)).toEqual([])
    })
  } finally {
    await Promise.all(everyone.map((person) => person.close()))
  }
})

/** What has to outlive every fault: a shared screen, a raised hand, a muted microphone, chat, a pin, the chart's place. */
async function setTheScene(teacher: Person, sam: Person, noa: Person): Promise<void> {
  await press(sam, 'Share screen')
  await press(sam, 'Raise hand')
  await press(noa, 'Mute')
  for (const [person, text] of [
    [sam, 'first words'],
    [noa, 'second words'],
  ] as const) {
    await press(person, 'Chat')
    await person.page.getByRole('textbox', { name: 'Message' }).fill(text)
    await person.page.keyboard.press('Enter')
    await expect(messagesOf(person).filter({ hasText: text })).toBeVisible()
  }
  await groupOf(teacher, NOA).hover()
  await teacher.page.getByRole('button', { name: `Options for ${NOA}`, exact: true }).click()
  await teacher.page.getByRole('menuitem', { name: 'Pin for me' }).click()
  await teacher.page.getByRole('button', { name: 'Move class mood' }).focus()
  for (let presses = 0; presses < 5; presses += 1) await teacher.page.keyboard.press('ArrowLeft')
}

async function expectScene(teacher: Person, sam: Person, noa: Person): Promise<void> {
  await expect(sam.page.getByRole('button', { name: 'Stop sharing' })).toBeVisible()
  await expect(sam.page.getByRole('button', { name: 'Lower hand' })).toBeVisible()
  await expect(sam.page.getByRole('button', { name: 'Mute', exact: true })).toBeVisible()
  await expect(noa.page.getByRole('button', { name: 'Unmute' })).toBeVisible()
  await expect(noa.page.getByRole('button', { name: 'Stop video' })).toBeVisible()
  await expect(teacher.page.getByText('Pinned for you')).toBeVisible()
  await expect
    .poll(async () => (await groupOf(teacher, NOA).boundingBox())?.width)
    .toBeGreaterThan(500)
  await expect(groupOf(teacher, SAM).getByRole('img', { name: /Hand raised/ })).toBeVisible()
  await expect(messagesOf(sam)).toHaveCount(2)
}

/** The teacher's chart goes on: a later interval than now is shown. */
async function expectNextInterval(teacher: Person): Promise<void> {
  const interval = async (): Promise<number> =>
    Number(await moodOf(teacher).getAttribute('data-interval'))
  const now = Number.isNaN(await interval()) ? -1 : await interval()
  await expect.poll(interval).toBeGreaterThan(now)
}

/** Taps until the tap of an interval that is open now was taken. */
async function tapCheckIn(student: Person, emotion: string): Promise<void> {
  await student.page.getByRole('button', { name: emotion, exact: true }).click()
  await expect(student.page.getByRole('status', { name: 'My reading' })).toContainText(emotion)
}

/** Stops a whole browser, as a lid that is closed does, for as long as something takes. */
async function sleep(person: Person, until: () => Promise<void>): Promise<void> {
  const session: CDPSession = await person.browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const pids = processInfo.map(({ id }) => id)
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  try {
    await until()
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  }
}

/** The browser's own word for a device that is gone: the track ends, and none can be opened. */
async function pullOutCamera(person: Person): Promise<void> {
  await person.page.evaluate((name) => {
    const { mediaDevices } = navigator
    const original = mediaDevices.getUserMedia.bind(mediaDevices)
    const absent = (wanted?: MediaStreamConstraints): Promise<MediaStream> =>
      wanted?.video === undefined || wanted.video === false
        ? original(wanted)
        : Promise.reject(new DOMException('Requested device not found', 'NotFoundError'))
    mediaDevices.getUserMedia = absent
    Object.assign(window, { plugIn: () => Object.assign(mediaDevices, { getUserMedia: original }) })
    for (const video of document.querySelectorAll('video')) {
      if (video.closest('[role=group]')?.getAttribute('aria-label') !== name) continue
      for (const track of (video.srcObject as MediaStream).getVideoTracks()) {
        track.stop()
        track.dispatchEvent(new Event('ended'))
      }
    }
  }, person.name)
}

async function plugInCamera(person: Person): Promise<void> {
  await person.page.evaluate(() => {
    const page = window as Window & { plugIn?: () => void }
    page.plugIn?.()
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
  })
}

async function ownReadingsOf(student: Person): Promise<{ interval: number; emotion: string }[]> {
  const { page } = student
  await expect(page.getByRole('link', { name: 'Back to the course' })).toBeVisible()
  await page.goto('/account')
  const section = page.getByRole('region', { name: 'My readings' })
  await expect(section.getByRole('button', { name: /JSON/ })).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: /JSON/ }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const { readings } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
    readings: { interval: number; emotion: string }[]
  }
  return readings
}

function networkOf(school: School): NonNullable<School['network']> {
  if (school.network === null) throw new Error('this school has no network of its own')
  return school.network
}

const moodOf = ({ page }: Person): Locator => page.getByRole('figure', { name: 'Class mood' })

const groupOf = ({ page }: Person, name: string): Locator =>
  page.getByRole('group', { name, exact: true })

const messagesOf = ({ page }: Person): Locator =>
  page.getByRole('region', { name: 'Messages' }).locator('ol > li')

const press = ({ page }: Person, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()
