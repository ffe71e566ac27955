/** What set-up says where the media worker cannot be built: PATH holds nothing but what a test puts there. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cachedWorkerPath, ensureWorker } from './mediasoup-worker.ts'
import { createProgress } from './progress.ts'
import { SetupError } from './setup-error.ts'

const TOOLS = ['g++', 'cmake', 'ninja', 'pkg-config', 'flatc']

describe('ensureWorker', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attune-worker-'))
    mkdirSync(join(folder, 'bin'))
    vi.stubEnv('PATH', join(folder, 'bin'))
  })

  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })

  const env = (): NodeJS.ProcessEnv => ({
    NODE_ENV: 'test',
    XDG_CACHE_HOME: join(folder, 'cache'),
    MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD: '1',
  })

  async function failure(): Promise<SetupError> {
    const progress = createProgress({ write: () => undefined })
    const error: unknown = await ensureWorker({ env: env(), progress, mayInstall: false }).catch(
      (reason: unknown) => reason,
    )
    if (error instanceof SetupError) return error
    throw new Error('no SetupError', { cause: error })
  }

  it('asks in one sentence for what is missing', async () => {
    const { code, message } = await failure()
    expect(code).toBe('missing-packages')
    expect(message).toMatch(
      /^Packages are needed to build mediasoup's media worker; [^\n]*g\+\+ cmake[^\n]*$/,
    )
  })

  it('says in one sentence that the build failed and what to do, then what the tool said', async () => {
    for (const tool of TOOLS) {
      const script = `#!/bin/sh\n[ "$1" = --version ] && exit 0\necho 'No OpenSSL here.' >&2\nexit 1\n`
      writeFileSync(join(folder, 'bin', tool), script, { mode: 0o755 })
    }
    const { code, message } = await failure()
    expect(code).toBe('worker-build-failed')
    expect(message).toBe(
      'The media worker could not be built; set MEDIASOUP_WORKER_BIN to one, or mend this and start again:\nNo OpenSSL here.',
    )
    expect(readdirSync(dirname(cachedWorkerPath(env()))), 'nothing is left').toEqual([])
  })
})
