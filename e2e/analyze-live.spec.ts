/**
 * The page /analyze with moving pictures: a real recording along its length, one of sound alone, and the live camera,
 * whose rate and time a face are written into the test's report.
 */
import { alertOf, chooseFiles, resultsRow } from './support/analyze.ts'
import { CAMERA_FRAMES } from './support/faces.ts'
import { glance } from './support/glance.ts'
import { allowExpressionAnalysis, openPerson, signUp } from './support/people.ts'
import { file, oneFace, record, sample } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import sharp from 'sharp'

const { step } = test

test('reads a video along its length, and the live camera', async ({ school }) => {
  test.setTimeout(240_000)
  const ada = await openPerson('Ada Admin', school.url, ['smiling'], {
    framesPerSecond: CAMERA_FRAMES,
  })
  const { page } = ada
  const rate = page.locator('[data-rate]')
  try {
    await signUp(ada)
    await allowExpressionAnalysis(ada)
    await page.goto('/analyze')

    await step('a video becomes a timeline; sound alone is said to be no picture', async () => {
      const frowning = await sharp(await sample(5))
        .extract({ left: 250, top: 770, width: 640, height: 480 })
        .jpeg()
        .toBuffer()
      const clip = await record(page, [await oneFace(), frowning], 2_000)
      await chooseFiles(page, [
        file('clip.webm', clip, 'video/webm'),
        file('sound.webm', await record(page, [], 1_000), 'video/webm'),
        file('broken.webm', clip.subarray(0, 600), 'video/webm'),
      ])
      await expect(alertOf(page, 'broken.webm')).toContainText('cannot play', { timeout: 90_000 })
      await expect(alertOf(page, 'sound.webm')).toContainText('no picture')
      await expect(page.getByRole('figure', { name: 'Timeline of clip.webm' })).toBeVisible()
      await expect(resultsRow(page, /clip\.webm in \d+ of \d+ frames/)).toBeVisible()
      await page.getByText('Frames of clip.webm').click()
      const frames = page.getByRole('table', { name: 'Frames of clip.webm' }).locator('tbody tr')
      await expect(frames.first()).toContainText('happy')
      expect(await frames.count()).toBeGreaterThanOrEqual(6)
      const words = await frames.locator('td:nth-child(2)').allInnerTexts()
      expect(new Set(words.map((word) => word.trim())).size, words.join(' ')).toBeGreaterThan(1)
      await glance(page, 'analyze-video')
    })

    await step('the live camera is read many times a second', async () => {
      await page.getByRole('button', { name: 'Live camera' }).click()
      await glance(page, 'analyze-camera-off')
      await page.getByRole('button', { name: 'Start camera' }).click()
      await expect(rate).toContainText('happy')
      await expect.poll(async () => Number(await rate.getAttribute('data-rate'))).toBeGreaterThan(3)
      const seen: string[] = []
      await expect
        .poll(async () => {
          const now = `${(await rate.getAttribute('data-rate')) ?? ''} readings a second, ${(await rate.getAttribute('data-ms')) ?? ''} ms a face`
          if (now !== seen.at(-1)) seen.push(now)
          return seen.length
        })
        .toBeGreaterThanOrEqual(5)
      test.info().annotations.push({ type: 'live camera', description: seen.join('; ') })
      await glance(page, 'analyze-camera')
    })

    await step('a still of it becomes a result; stopping closes the camera', async () => {
      await page.getByRole('button', { name: 'Keep this picture' }).click()
      await expect(resultsRow(page, /Camera .* 1 happy/)).toBeVisible()
      const camera = await page
        .locator('video')
        .evaluateHandle(({ srcObject }: HTMLVideoElement) =>
          srcObject instanceof MediaStream ? srcObject.getVideoTracks()[0] : undefined,
        )
      expect(await camera.evaluate((track) => track?.readyState)).toBe('live')
      await page.getByRole('button', { name: 'Stop camera' }).click()
      await expect(rate).toHaveCount(0)
      expect(await camera.evaluate((track) => track?.readyState)).toBe('ended')
    })
    expect(ada.errors).toEqual([])
  } finally {
    await ada.close()
  }
})
