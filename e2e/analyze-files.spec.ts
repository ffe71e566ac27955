/**
 * The page /analyze with what people really bring: files that are damaged, empty, odd or no pictures at all, a picture
 * of fifty people, and a batch of two hundred. Each fault has its own words, and the rest goes on.
 */
import sharp from 'sharp'
import { alertOf, chooseFiles, resultsOf, resultsRow } from './support/analyze.ts'
import { glance } from './support/glance.ts'
import { allowExpressionAnalysis, openPerson, signUp } from './support/people.ts'
import { crowd, file, oddFiles, oneFace } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

const { step } = test

test('says what is wrong with a file and goes on with the rest', async ({ school }) => {
  test.setTimeout(240_000)
  const ada = await openPerson('Ada Admin', school.url)
  const { page } = ada
  const results = resultsOf(page)
  const clear = () => page.getByRole('button', { name: 'Clear all' }).click()
  try {
    await signUp(ada)
    await allowExpressionAnalysis(ada)
    await page.goto('/analyze')
    const face = await oneFace()

    const odd = await oddFiles()
    await step('one batch of every kind of bad file', async () => {
      await chooseFiles(page, [...odd.map(([one]) => one), file('last.jpg', face)])
      await expect(resultsRow(page, /last\.jpg 1 happy/)).toBeVisible({ timeout: 120_000 })
    })
    for (const [{ name }, says, read] of odd) {
      await step(`${name}: ${says.source}`, async () => {
        await expect(alertOf(page, name).filter({ hasText: says })).toHaveCount(1)
        await expect(resultsRow(page, new RegExp(`${name} 1 happy`))).toHaveCount(read ? 1 : 0)
      })
    }
    await step('every file has one alert of its own, the good one none', async () => {
      await expect(page.getByRole('alert').filter({ hasText: /: / })).toHaveCount(odd.length)
      await glance(page, 'analyze-odd')
    })

    await step('fifty people in one picture', async () => {
      await clear()
      await chooseFiles(page, [file('crowd.jpg', await crowd(2_000, 50))])
      await expect(alertOf(page, 'crowd.jpg').first()).toContainText(/^crowd\.jpg: \d+ faces/, {
        timeout: 120_000,
      })
      const faces = await results.getByRole('button', { name: 'crowd.jpg' }).count()
      expect(faces).toBeGreaterThanOrEqual(45)
      expect(faces).toBeLessThanOrEqual(52)
      await glance(page, 'analyze-crowd')
    })

    await step('two hundred pictures, and three too many', async () => {
      await clear()
      const small = await sharp(face).resize(240, 180).jpeg().toBuffer()
      const many = Array.from({ length: 203 }, (_, index) => file(`p${String(index)}.jpg`, small))
      await chooseFiles(page, many)
      await expect(page.getByRole('progressbar', { name: 'Analyzing' })).toBeVisible()
      await expect(page.getByText(/of 200$/)).toBeVisible()
      await glance(page, 'analyze-queue')
      await expect(resultsRow(page, /p199\.jpg 1 happy/)).toHaveCount(1, { timeout: 120_000 })
      await expect(page.getByRole('alert').filter({ hasText: '3 were left out' })).toBeVisible()
      await expect(results.getByRole('button', { name: /^p\d+\.jpg$/ })).toHaveCount(200)
      await expect(page.getByRole('progressbar', { name: 'Analyzing' })).toHaveCount(0)
    })

    await step('a queue that is cancelled keeps what it has read', async () => {
      await clear()
      const picture = await sharp(face).resize(1_280).jpeg().toBuffer()
      const many = Array.from({ length: 60 }, (_, index) => file(`c${String(index)}.jpg`, picture))
      await chooseFiles(page, many)
      await expect(resultsRow(page, /c1\.jpg/)).toBeVisible()
      await page.getByRole('button', { name: 'Cancel' }).click()
      await expect(page.getByRole('progressbar', { name: 'Analyzing' })).toHaveCount(0)
      const kept = await results.getByRole('button', { name: /^c\d+\.jpg$/ }).count()
      expect(kept).toBeGreaterThanOrEqual(2)
      expect(kept).toBeLessThan(60)
    })
    expect(ada.errors).toEqual([])
  } finally {
    await ada.close()
  }
})
