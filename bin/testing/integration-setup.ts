/**
 * Global set-up of the integration tests: a real media worker in MEDIASOUP_WORKER_BIN and a real
 * PostgreSQL server of the test run's own in ATTUNE_TEST_SERVER (see ./database.ts). Nothing of it
 * outlives the run.
 */
import { createProgress } from '../setup/progress.ts'
import { ensureWorker } from '../setup/mediasoup-worker.ts'
import { startTestServer } from './database.ts'

export default async function setup(): Promise<() => Promise<void>> {
  process.env['MEDIASOUP_WORKER_BIN'] = await ensureWorker({
    env: process.env,
    progress: createProgress(),
    mayInstall: false,
  })
  const server = await startTestServer()
  process.env['ATTUNE_TEST_SERVER'] = server.url
  return () => server.stop()
}
