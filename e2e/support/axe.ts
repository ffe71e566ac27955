/** What keeps someone from using a page, as axe finds it. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/**
 * Expects that nothing on the page is seriously in anybody's way.
 * @param state what the page shows, to name it where the test fails
 */
export async function expectNothingSerious(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join('\n'))
  expect(serious, state).toEqual([])
}
