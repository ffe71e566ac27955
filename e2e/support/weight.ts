/** How much script a page made its browser fetch for itself, as it travels: compressed. */
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'

/** Bytes of all scripts that this page has loaded, each once, after gzip; what workers load is theirs. */
export async function scriptWeight(page: Page): Promise<number> {
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  )
  let bytes = 0
  for (const url of new Set(loaded.filter((name) => new URL(name).pathname.endsWith('.js')))) {
    const response = await page.context().request.get(url)
    bytes += gzipSync(await response.body()).length
  }
  return bytes
}
