/**
 * The page /analyze with real pictures, damaged ones made on the spot, a real short video and the camera; nothing loads
 * while the policy is off; what is submitted opens for the admin and is gone once withdrawn.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { allowExpressionAnalysis, openPerson, signUp } from './support/people.ts'
import { expect, test } from './support/test.ts'

const samples = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
)
const sample = (number: number): Promise<Buffer> =>
  readFile(join(samples, `sample${String(number)}.jpg`))

interface TestFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}
const file = (name: string, buffer: Buffer, mimeType = 'image/jpeg'): TestFile => ({
  name,
  mimeType,
  buffer,
})

async function oneFace(): Promise<Buffer> {
  return sharp(await sample(3))
    .extract({ left: 1290, top: 170, width: 560, height: 420 })
    .jpeg({ quality: 90 })
    .toBuffer()
}

/** Every kind of file that is wrong or odd, with what its alert says. */
async function oddFiles(): Promise<readonly (readonly [TestFile, RegExp])[]> {
  const face = await oneFace()
  const png = await sharp(face).toColourspace('rgb16').png().toBuffer()
  const blank = { width: 640, height: 480, channels: 3, background: '#777' } as const
  const grid = await sharp(face).resize(240, 180).toBuffer()
  const fifty = await sharp({ create: { ...blank, width: 2400, height: 900 } })
    .composite(
      Array.from({ length: 50 }, (_, index) => ({
        input: grid,
        left: (index % 10) * 240,
        top: Math.floor(index / 10) * 180,
      })),
    )
    .jpeg({ quality: 90 })
    .toBuffer()
  const two = await sharp([face, await sharp(face).flop().toBuffer()], { join: { animated: true } })
    .gif()
    .toBuffer()
  return [
    [
      file('text.jpg', Buffer.from('this is not a picture at all'.repeat(50))),
      /not a picture or a video/,
    ],
    [file('report.png', Buffer.from('%PDF-1.7\n%âãÏÓ\n'.repeat(20)), 'image/png'), /of type PDF/],
    [file('cut.jpg', face.subarray(0, face.length / 2)), /ends too early/],
    [file('zero.jpg', Buffer.alloc(0)), /zero bytes/],
    [file('moving.gif', two, 'image/gif'), /first frame was read/],
    [file('deep.png', png, 'image/png'), /16 bits a channel/],
    [file('print.jpg', await sharp(face).toColourspace('cmyk').jpeg().toBuffer()), /CMYK/],
    [
      file(
        'turned.jpg',
        await sharp(face).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer(),
      ),
      /set upright/,
    ],
    [file('wall.jpg', await sharp({ create: blank }).jpeg().toBuffer()), /No face was found/],
    [file('crowd.jpg', fifty), /faces: in a picture of a large group/],
    [
      file('huge.jpg', await sharp(face).resize(11_600, 8_700).jpeg({ quality: 60 }).toBuffer()),
      /more than 24 megapixels/,
    ],
    [file('last.jpg', face), /./],
  ]
}

/** A real recording of two seconds, made by this very browser. */
async function record(page: Page, face: Buffer, soundOnly: boolean): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ([jpeg, sound]) => {
      const bytes = Uint8Array.from(atob(jpeg), (c) => c.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }))
      const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 360 })
      const draw = setInterval(() => {
        canvas.getContext('2d')?.drawImage(bitmap, Math.random() * 4, 0, 480, 360)
      }, 50)
      const audio = new AudioContext()
      const tone = audio.createOscillator()
      const out = audio.createMediaStreamDestination()
      tone.connect(out)
      tone.start()
      const stream = sound ? out.stream : canvas.captureStream(15)
      const recorder = new MediaRecorder(stream)
      const parts: Blob[] = []
      recorder.ondataavailable = ({ data }) => parts.push(data)
      const stopped = new Promise((resolve) => {
        recorder.onstop = resolve
      })
      recorder.start()
      await new Promise((resolve) => setTimeout(resolve, 2_000))
      recorder.stop()
      await stopped
      clearInterval(draw)
      await audio.close()
      const whole = new Uint8Array(await new Blob(parts).arrayBuffer())
      let text = ''
      for (const byte of whole) text += String.fromCharCode(byte)
      return btoa(text)
    },
    [face.toString('base64'), soundOnly] as const,
  )
  return Buffer.from(base64, 'base64')
}

async function agree(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /people who agreed/ }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
}

const choose = (page: Page) => page.getByLabel('Choose a picture or a video')
const results = (page: Page) => page.getByRole('table', { name: 'Results' })

async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['ATTUNE_SCREENSHOTS']
  if (folder === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [390, 1024, 1600]) {
      await page.setViewportSize({ width, height: 900 })
      await page.screenshot({
        path: `${folder}/${name}-${colorScheme}-${String(width)}.png`,
        fullPage: true,
      })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 800 })
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
}

test('pictures, a video and the camera are read on the device, and a result is reviewed and withdrawn', async ({
  school,
}) => {
  test.setTimeout(420_000)
  const admin = await openPerson('Grace Admin', school.url)
  const ada = await openPerson('Ada Member', school.url, ['smiling'])
  const { page } = ada
  const models = (): string[] =>
    ada.requests.filter((url) => new URL(url).pathname.startsWith('/models/'))
  try {
    await signUp(admin)
    await signUp(ada)

    await page.goto('/analyze')
    await expect(page.getByRole('heading', { name: /has not turned this on/ })).toBeVisible()
    expect(models()).toEqual([])

    await allowExpressionAnalysis(admin)
    await page.reload()
    await agree(page)
    expect(models()).toEqual([])

    // Pictures: a group and a portrait.
    await choose(page).setInputFiles([
      file('group.jpg', await sample(1)),
      file('portrait.jpg', await oneFace()),
    ])
    await expect(results(page).getByRole('row', { name: /portrait\.jpg 1 happy/ })).toBeVisible({
      timeout: 120_000,
    })
    expect(
      await results(page)
        .getByRole('row', { name: /group\.jpg/ })
        .count(),
    ).toBeGreaterThan(1)
    expect(models().length).toBeGreaterThan(0)
    const headers = await results(page).getByRole('columnheader').allInnerTexts()
    expect(headers).toEqual(['File', 'Face', 'Emotion', 'Confidence', 'Engagement'])
    await results(page).getByRole('button', { name: 'Confidence' }).click()
    const shares = (await results(page).locator('tbody tr td:nth-child(4)').allInnerTexts()).map(
      Number.parseFloat,
    )
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    await look(page, 'results')
    await expectAccessible(page)

    const csv = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV' }).click()
    expect(await readFile(await (await csv).path(), 'utf8')).toContain('portrait.jpg,,1,happy')

    // Submitted, seen by the admin, withdrawn.
    await results(page).getByRole('button', { name: 'portrait.jpg' }).click()
    await page.getByRole('button', { name: 'Submit for review' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('checkbox', { name: 'Grace Admin' })).toBeChecked()
    await dialog.getByLabel('Words to go with it').fill('Is this right?')
    await look(page, 'submit')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Seal and submit' }).click()
    await expect(dialog).toBeHidden()
    await admin.page.goto('/admin/results')
    await admin.page.getByRole('button', { name: 'Open the result of Ada Member' }).click()
    const preview = admin.page.getByRole('dialog', { name: 'Result of Ada Member' })
    await expect(preview.getByRole('img')).toBeVisible()
    await expect(preview).toContainText('Is this right?')
    await expect(preview.getByRole('row', { name: /1 happy/ })).toBeVisible()
    await look(admin.page, 'review')
    await expectAccessible(admin.page)
    const kept = admin.page.waitForEvent('download')
    await preview.getByRole('button', { name: 'Annotated picture' }).click()
    const picture = await sharp(await readFile(await (await kept).path())).metadata()
    expect([picture.width, picture.height]).toEqual([560, 420])
    await page.getByRole('button', { name: /^Withdraw what was sent/ }).click()
    await expect(page.getByRole('button', { name: /^Withdraw what was sent/ })).toHaveCount(0)
    await admin.page.reload()
    await expect(admin.page.getByText('Nothing was submitted')).toBeVisible()

    // What is wrong with a file is said, and the rest of the batch goes on.
    await page.getByRole('button', { name: 'Clear all' }).click()
    const odd = await oddFiles()
    await choose(page).setInputFiles(odd.map(([one]) => one))
    await expect(results(page).getByRole('button', { name: 'last.jpg' })).toBeVisible({
      timeout: 240_000,
    })
    for (const [{ name }, says] of odd.slice(0, -1)) {
      const alert = page.getByRole('alert').filter({ hasText: `${name}: ` })
      await expect(alert.filter({ hasText: says }), name).toBeVisible()
    }
    for (const name of ['moving.gif', 'deep.png', 'print.jpg', 'turned.jpg', 'huge.jpg']) {
      const row = results(page).getByRole('row', { name: new RegExp(`${name} 1 happy`) })
      await expect(row, name).toHaveCount(1)
    }
    const crowd = await results(page).getByRole('button', { name: 'crowd.jpg' }).count()
    expect(crowd).toBeGreaterThanOrEqual(48)
    expect(crowd).toBeLessThanOrEqual(52)
    await look(page, 'odd')

    // A video, one of sound alone, and the camera.
    await page.getByRole('button', { name: 'Clear all' }).click()
    const face = await oneFace()
    await choose(page).setInputFiles([
      file('clip.webm', await record(page, face, false), 'video/webm'),
      file('sound.webm', await record(page, face, true), 'video/webm'),
    ])
    await expect(page.getByRole('figure', { name: 'Timeline of clip.webm' })).toBeVisible({
      timeout: 60_000,
    })
    await expect(page.getByRole('alert').filter({ hasText: 'sound.webm: ' })).toContainText(
      'no picture',
    )
    await expect(results(page).getByRole('row', { name: /clip\.webm .*happy/ })).toBeVisible()
    await look(page, 'video')

    await page.getByRole('button', { name: 'Live camera' }).click()
    await page.getByRole('button', { name: 'Start camera' }).click()
    const rate = page.locator('[data-rate]')
    await expect(rate).toContainText('happy', { timeout: 60_000 })
    await expect.poll(async () => Number(await rate.getAttribute('data-rate'))).toBeGreaterThan(0)
    test.info().annotations.push({
      type: 'live camera',
      description: `${(await rate.getAttribute('data-rate')) ?? ''} readings a second, ${(await rate.getAttribute('data-ms')) ?? ''} ms each`,
    })
    await look(page, 'camera')
    await page.getByRole('button', { name: 'Stop camera' }).click()

    // Audited by who and when; neither the database nor a log holds what was read, nor a file's name.
    const dump = await school.dump()
    expect(dump).toContain('analysis-used')
    for (const word of ['happy', 'portrait.jpg', 'group.jpg', 'Is this right'])
      expect(`${dump}\n${school.log()}`.includes(word), word).toBe(false)
    expect(ada.errors).toEqual([])
  } finally {
    await Promise.all([admin.close(), ada.close()])
  }
})
