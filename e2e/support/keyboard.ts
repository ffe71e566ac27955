/**
 * A person who has no pointer: what Tab and the arrows of a menu reach, pressed by key. It must never press what the
 * focus did not come to.
 */
import { expect, type Locator, type Page } from '@playwright/test'

/** More than any page of the product has places for the focus. */
const MOST_PRESSES = 80

/** Presses a key until a control has the focus. */
async function pressUntilAt(page: Page, key: 'Tab' | 'ArrowDown', target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} does not reach ${String(target)}`)
}

/** Presses Tab until a control of this role and name has the focus. */
export async function tabTo(
  page: Page,
  role: 'button' | 'link' | 'textbox' | 'switch',
  name: string,
): Promise<void> {
  await pressUntilAt(page, 'Tab', page.getByRole(role, { name, exact: true }).first())
}

/** Reaches a control by Tab and presses it by key. */
export async function tabAndPress(
  page: Page,
  role: 'button' | 'link',
  name: string,
): Promise<void> {
  await tabTo(page, role, name)
  await page.keyboard.press('Enter')
}

/** Reaches a field by Tab and fills it by typing. */
export async function tabAndType(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, 'textbox', name)
  await page.keyboard.type(text)
}

/** Opens the menu of a button and chooses one of its entries. */
export async function chooseByKey(page: Page, button: string, entry: string): Promise<void> {
  await tabAndPress(page, 'button', button)
  await pressUntilAt(page, 'ArrowDown', page.getByRole('menuitem', { name: entry }))
  await page.keyboard.press('Enter')
}
