/**
 * The page /analyze with real pictures: nothing loads while the policy is off; what was read is shown, explained and
 * kept; what is submitted opens for the admin and is gone once withdrawn; neither database nor log knows of it.
 */
import { readFile } from 'node:fs/promises'
import type { Download, Page } from '@playwright/test'
import sharp from 'sharp'
import { chooseFiles, resultsOf, resultsRow } from './support/analyze.ts'
import { glance } from './support/glance.ts'
import { allowExpressionAnalysis, openPerson, signUp } from './support/people.ts'
import { file, oneFace, sample, unclearFaces } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

const { step } = test

async function download(page: Page, press: () => Promise<void>): Promise<Buffer> {
  const coming: Promise<Download> = page.waitForEvent('download')
  await press()
  return readFile(await (await coming).path())
}

test('pictures are read on the device, explained, kept, submitted and withdrawn', async ({
  school,
}) => {
  test.setTimeout(240_000)
  const admin = await openPerson('Grace Admin', school.url)
  const ada = await openPerson('Ada Member', school.url)
  const { page } = ada
  const results = resultsOf(page)
  const models = (): string[] =>
    ada.requests.filter((url) => new URL(url).pathname.startsWith('/models/'))
  try {
    await step('with the policy off the page says so and loads no model', async () => {
      await signUp(admin)
      await signUp(ada)
      await page.goto('/analyze')
      await expect(page.getByRole('heading', { name: /has not turned this on/ })).toBeVisible()
      await glance(page, 'analyze-off')
      expect(models()).toEqual([])
    })

    await step(
      'it says whose faces may be read, and loads nothing before there is one',
      async () => {
        await allowExpressionAnalysis(admin)
        await page.reload()
        await expect(page.getByText(/pictures of yourself, or of people who agreed/)).toBeVisible()
        await glance(page, 'analyze')
        expect(models()).toEqual([])
        expect(ada.requests.filter((url) => new URL(url).pathname === '/api/analyze')).toEqual([])
        await chooseFiles(page, [file('group.jpg', await sample(1))])
      },
    )

    await step('a group and a portrait become lines of the table, which sorts', async () => {
      await chooseFiles(page, [file('portrait.jpg', await oneFace())])
      await expect(resultsRow(page, /portrait\.jpg 1 happy \d+% engaged/)).toBeVisible()
      await expect(resultsRow(page, /group\.jpg/)).toHaveCount(3)
      expect(models().length).toBeGreaterThan(0)
      const headers = await results.getByRole('columnheader').allInnerTexts()
      expect(headers).toEqual(['File', 'Face', 'Emotion', 'Confidence', 'Engagement'])
      await results.getByRole('button', { name: 'Confidence' }).click()
      const shares = await results.locator('tbody tr td:nth-child(4)').allInnerTexts()
      const numbers = shares.map(Number.parseFloat)
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
      await glance(page, 'analyze-results')
    })

    await step('all eight probabilities are there on demand', async () => {
      await results.getByRole('button', { name: 'portrait.jpg' }).click()
      const numbers = page.getByRole('group', { name: /All eight probabilities/ })
      await expect(numbers.getByRole('definition')).toHaveCount(0)
      await page.getByText('All eight probabilities').click()
      await expect(numbers.getByRole('definition')).toHaveCount(8)
      const shares = (await numbers.getByRole('definition').allInnerTexts()).map(Number.parseFloat)
      const sum = shares.reduce((a, b) => a + b, 0)
      expect(Math.abs(sum - 100)).toBeLessThanOrEqual(4)
      await glance(page, 'analyze-probabilities')
    })

    await step('the results can be kept as CSV, as JSON and as a picture', async () => {
      const press = (name: string) => () => page.getByRole('button', { name }).click()
      const csv = (await download(page, press('CSV'))).toString()
      expect(csv).toMatch(/^file,seconds,face,emotion,confidence,engagement,quality,neutral,happy/)
      expect(csv).toContain('portrait.jpg,,1,happy')
      const json: unknown = JSON.parse((await download(page, press('JSON'))).toString())
      expect(json).toHaveLength(4)
      expect(json).toContainEqual(
        expect.objectContaining({ file: 'portrait.jpg', emotion: 'happy', engagement: 'engaged' }),
      )
      const drawn = await download(page, press('Annotated picture'))
      const { width, height } = await sharp(drawn).metadata()
      expect([width, height]).toEqual([560, 420])
      const [before, after] = await Promise.all(
        [await oneFace(), drawn].map((jpeg) => sharp(jpeg).greyscale().raw().toBuffer()),
      )
      const changed = before?.filter((value, at) => Math.abs(value - (after?.[at] ?? 0)) > 60)
      // A box and its label, and not much more.
      expect(changed?.length).toBeGreaterThan(500)
      expect(changed?.length).toBeLessThan(40_000)
    })

    await step('what cannot be read is explained', async () => {
      const unclear = await unclearFaces()
      await chooseFiles(
        page,
        unclear.map(([one]) => one),
      )
      for (const [{ name }, face, says] of unclear) {
        const row = resultsRow(page, new RegExp(`${name} ${String(face)} unclear`))
        await row.getByRole('button').click()
        await expect(page.getByText(says).last(), name).toBeVisible()
        if (name === 'dark.jpg') await glance(page, 'analyze-unclear')
      }
    })

    await step('a result goes to the admins chosen, who find it at their desk', async () => {
      await results.getByRole('button', { name: 'portrait.jpg' }).click()
      await page.getByRole('button', { name: 'Submit for review' }).click()
      const dialog = page.getByRole('dialog')
      await expect(dialog.getByRole('checkbox', { name: 'Grace Admin' })).toBeChecked()
      await dialog.getByLabel('Words to go with it').fill('Is this right?')
      await glance(page, 'analyze-submit')
      await dialog.getByRole('button', { name: 'Seal and submit' }).click()
      await expect(dialog).toBeHidden()
      await expect(page.getByText('Not opened yet.')).toBeVisible()
      await admin.page.goto('/admin/results')
      await glance(admin.page, 'admin-results')
      await admin.page.getByRole('button', { name: 'Open the result of Ada Member' }).click()
      const preview = admin.page.getByRole('dialog', { name: 'Result of Ada Member' })
      await expect(preview.getByRole('img')).toBeVisible()
      await expect(preview).toContainText('Is this right?')
      await expect(preview.getByRole('row', { name: /1 happy/ })).toBeVisible()
      await glance(admin.page, 'admin-result')
      const kept = await download(admin.page, () =>
        preview.getByRole('button', { name: 'Annotated picture' }).click(),
      )
      const { width, height } = await sharp(kept).metadata()
      expect([width, height]).toEqual([560, 420])
    })

    await step('its sender sees the opening and takes the result back', async () => {
      await page.goto('/account')
      await expect(page.getByRole('table', { name: 'Events' })).toContainText('Grace Admin')
      await page.goto('/analyze')
      await expect(page.getByText(/Opened by an admin on/)).toBeVisible()
      await glance(page, 'analyze-own')
      await page.getByRole('button', { name: /^Withdraw what was sent/ }).click()
      await expect(page.getByRole('button', { name: /^Withdraw what was sent/ })).toHaveCount(0)
      await admin.page.reload()
      await expect(admin.page.getByText('Nothing was submitted')).toBeVisible()
      await glance(admin.page, 'admin-results-empty')
    })

    await step('the trail says who and when; nobody holds what was read', async () => {
      await admin.page.goto('/admin/audit')
      const events = admin.page.getByRole('table', { name: 'Events' })
      await expect(events.getByRole('row', { name: /Ada Member/ }).first()).toBeVisible()
      const dump = await school.dump()
      expect(dump).toContain('analysis-used')
      for (const word of ['happy', 'portrait.jpg', 'group.jpg', 'Is this right'])
        expect(`${dump}\n${school.log()}`.includes(word), word).toBe(false)
      for (const { errors, name } of [admin, ada]) expect(errors, name).toEqual([])
    })
  } finally {
    await Promise.all([admin.close(), ada.close()])
  }
})
