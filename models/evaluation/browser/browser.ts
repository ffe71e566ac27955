/**
 * Builds the evaluation page and opens it in Chromium. It must never use a browser that it did not find on this machine,
 * and leaves nothing behind.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { build } from 'vite'
import { ensureBrowser } from '../../../bin/setup/browser.ts'
import { prepareModelFiles } from '../../../bin/setup/model-files.ts'
import { createProgress } from '../../../bin/setup/progress.ts'
import { namedModel } from '../shipped.ts'
import { servePage } from './server.ts'
import type { Served } from './server.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A page with everything behind it. */
export interface OpenPage {
  readonly page: Page
  readonly close: () => Promise<void>
}

async function buildPage(root: string, source: string, to: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    base: '/',
    publicDir: false,
    build: {
      outDir: to,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: join(root, source) },
    },
    worker: { format: 'es' },
  })
}

/**
 * Builds a page, serves it and opens it.
 * @param source the page's name
 * @param from the folder it is in, this one by default, and further flags for the browser
 * @throws SetupError without Chromium, with the command that installs it; EvaluationError where EXPRESSION_MODEL names
 *   no model
 */
export async function openPage(
  source: string,
  served: Pick<Served, 'picture' | 'peers'>,
  from: { readonly folder?: string; readonly flags?: readonly string[] } = {},
): Promise<OpenPage> {
  const model = namedModel()
  const progress = createProgress()
  const executablePath = await ensureBrowser({ mayInstall: false }, progress)
  const models = join(ROOT, 'public/models')
  prepareModelFiles(ROOT, progress)
  const folder = await mkdtemp(join(tmpdir(), 'attune-evaluation-'))
  await buildPage(from.folder ?? fileURLToPath(new URL('.', import.meta.url)), source, folder)
  const server = await servePage({ ...served, page: folder, models, model })
  const browser = await chromium.launch({ executablePath, args: [...FLAGS, ...(from.flags ?? [])] })
  const page = await browser.newPage()
  await page.goto(`${server.origin}/${source}`)
  return {
    page,
    close: async () => {
      await browser.close()
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}
