/**
 * Looking at a page: nothing grave by axe, nothing wider than the window, and, where the environment names a folder
 * (SHOTS), pictures in both appearances and three widths for people to look at.
 */
import { expect, type Page } from '@playwright/test'
import { expectNothingSerious } from './axe.ts'

const SHOTS = process.env['SHOTS']
const SIZES = [
  [390, 844],
  [1024, 768],
  [1600, 900],
] as const

async function expectNoOverflow(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  expect.soft(wide, `${page.url()} is wider than its window`).toBeLessThanOrEqual(0)
}

/** Resolves when what follows from another window size has been drawn. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve))
      }),
  )
}

/** Looks at the page as it stands, in light and dark, on a telephone, a tablet and a large screen. */
export async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expectNothingSerious(page, `${name}, ${colorScheme}`)
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height })
      await drawn(page)
      await expectNoOverflow(page)
      if (SHOTS === undefined) continue
      await page.evaluate(() => {
        window.scrollTo(0, 0)
      })
      const file = name.replaceAll(/[^\p{Letter}\d]+/gu, '-')
      const path = `${SHOTS}/${file}-${String(width)}-${colorScheme}.png`
      await page.screenshot({ path, fullPage: true })
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1280, height: 800 })
}
