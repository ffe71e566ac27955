/**
 * Everything that a first start makes, without starting: media worker, model files, database client,
 * pages. For images and upgrades, so that the service itself is up in seconds. It touches no data.
 */
import { ROOT } from './service.ts'
import { buildClient, buildPages } from './setup/build.ts'
import { ensureWorker } from './setup/mediasoup-worker.ts'
import { prepareModelFiles } from './setup/model-files.ts'
import { createProgress } from './setup/progress.ts'
import { messageOf, SetupError } from './setup/setup-error.ts'
import { prepareSoundFiles } from './setup/sound-files.ts'

const progress = createProgress()
try {
  await ensureWorker({ env: process.env, progress, mayInstall: false })
  prepareModelFiles(ROOT, progress)
  prepareSoundFiles(ROOT)
  await buildClient(ROOT, progress)
  await buildPages(ROOT, progress)
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  console.error(`attune: ${messageOf(error)}`)
  process.exitCode = 1
}
