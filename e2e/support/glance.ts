/**
 * A short look at a page that a test comes by: nothing grave by axe, light and dark, and no button that its surroundings
 * cut off. Where pictures are wanted (SHOTS) it is looked at from every side instead, which takes several times as long.
 */
import { expect, type Page } from '@playwright/test'
import { expectNothingSerious } from './axe.ts'
import { look } from './look.ts'

/** Looks at the page as it stands. @param name of its pictures */
export async function glance(page: Page, name: string): Promise<void> {
  expect(await page.evaluate(buttonsCutOff), `${name}: buttons cut off`).toEqual([])
  if (process.env['SHOTS'] !== undefined) {
    await look(page, name)
    return
  }
  for (const colorScheme of ['dark', 'light'] as const) {
    // Colours change at once then, and none is caught half way.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expectNothingSerious(page, `${name}, ${colorScheme}`)
  }
}

/** In the browser: buttons that stick out sideways of a box that does not let them. Wide tables may be scrolled. */
function buttonsCutOff(): string[] {
  const isCut = (button: Element): boolean => {
    const { left, right, width } = button.getBoundingClientRect()
    if (width === 0 || !button.checkVisibility()) return false
    for (let box = button.parentElement; box !== null; box = box.parentElement) {
      if (getComputedStyle(box).overflowX === 'visible' || box.querySelector('table')) continue
      const edges = box.getBoundingClientRect()
      if (left < edges.left - 1 || right > edges.right + 1) return true
    }
    return false
  }
  return [...document.querySelectorAll('button')].filter(isCut).map(({ outerHTML }) => outerHTML)
}
