/**
 * Script that a route makes a browser fetch, from a real load with an empty cache: every script of the page and of its
 * workers, each counted once, compressed as a server would send it. It must never count what a build lists but no load asks for.
 */
import { gzipSync } from 'node:zlib'
import type { Page, Response } from '@playwright/test'

export interface Weight {
  readonly files: number
  /** Bytes as they are, and after gzip. */
  readonly plain: number
  readonly gzip: number
  /** Of `gzip`, what workers fetched. */
  readonly workers: number
}

const isScript = (response: Response): boolean =>
  response.request().resourceType() === 'script' ||
  /javascript/.test(response.headers()['content-type'] ?? '')

/** Gathers scripts of a page from now on. */
export class ScriptScale {
  readonly #page: Page
  readonly #seen = new Map<string, Promise<{ plain: number; gzip: number; worker: boolean }>>()
  readonly #listen: (response: Response) => void

  constructor(page: Page) {
    this.#page = page
    this.#listen = (response) => {
      const { pathname } = new URL(response.url())
      if (!isScript(response) || this.#seen.has(pathname)) return
      this.#seen.set(pathname, sizeOf(response))
    }
    page.context().on('response', this.#listen)
  }

  /** What was fetched until now. */
  async read(): Promise<Weight> {
    const sizes = await Promise.all(this.#seen.values())
    const sum = (of: (size: (typeof sizes)[number]) => number): number =>
      sizes.reduce((total, size) => total + of(size), 0)
    return {
      files: sizes.length,
      plain: sum(({ plain }) => plain),
      gzip: sum(({ gzip }) => gzip),
      workers: sum(({ gzip, worker }) => (worker ? gzip : 0)),
    }
  }

  stop(): void {
    this.#page.context().off('response', this.#listen)
  }
}

async function sizeOf(
  response: Response,
): Promise<{ plain: number; gzip: number; worker: boolean }> {
  const body = await response.body()
  const worker = response.request().resourceType() !== 'script'
  return { plain: body.length, gzip: gzipSync(body).length, worker }
}

/** Loads an address with nothing cached and weighs it once the network is quiet. */
export async function weigh(page: Page, address: string): Promise<Weight> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const scale = new ScriptScale(page)
  await page.goto(address)
  await page.waitForLoadState('networkidle')
  const weight = await scale.read()
  scale.stop()
  await session.detach()
  return weight
}
