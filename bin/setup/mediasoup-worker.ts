/**
 * Finds mediasoup's media worker, a native program that its npm package does not carry: the one
 * that MEDIASOUP_WORKER_BIN names, one built or fetched before (in the user's cache folder, keyed
 * by version and build recipe), mediasoup's own prebuilt download, or a build from the source in
 * the npm package against Debian's libraries. It never changes a file of the package's source.
 */
import { createHash, randomUUID } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Progress } from './progress.ts'
import { answers, runCommand } from './run-command.ts'
import { SetupError } from './setup-error.ts'
import { ensureSystemPackages, onDebian, type SystemPackagesPolicy } from './system-packages.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const RECIPE = join(ROOT, 'bin/mediasoup-worker')
const PACKAGE = join(ROOT, 'node_modules/mediasoup')

/** What the worker answers when it is run without its required environment (src/main.cpp). */
const STATUS_OF_A_WORKER = 41

const BUILD_PACKAGES = [
  'g++',
  'cmake',
  'ninja-build',
  'pkg-config',
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'flatbuffers-compiler',
  'libflatbuffers-dev',
]

const BUILD_TOOLS = ['g++', 'cmake', 'ninja', 'pkg-config', 'flatc']

/** How long the place of the prebuilt download may take to answer before it is given up. */
const PREBUILT_PROBE_MS = 4_000
const PREBUILT_LIMIT_MS = 120_000
const A_DAY_MS = 86_400_000

export interface WorkerOptions extends SystemPackagesPolicy {
  readonly env: NodeJS.ProcessEnv
  readonly progress: Progress
}

function packageManifest(): { version: string; repository: string } {
  const manifest: unknown = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    const { version } = manifest
    const repository = 'repository' in manifest ? JSON.stringify(manifest.repository) : ''
    if (typeof version === 'string') {
      return { version, repository: /https:\/\/[^"]+/.exec(repository)?.[0] ?? '' }
    }
  }
  throw new SetupError('install-failed', 'node_modules/mediasoup is damaged; run: npm ci')
}

/** Hash of the build recipe, so that a changed compatibility file makes a new build. */
function recipeFingerprint(): string {
  const hash = createHash('sha256')
  const files = readdirSync(RECIPE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const file of files) hash.update(readFileSync(file)).update('\0')
  return hash.digest('hex').slice(0, 12)
}

/** Where a worker of this version, recipe and processor is kept between checkouts. */
export function cachedWorkerPath(env: NodeJS.ProcessEnv = process.env): string {
  const cache = env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const key = `${packageManifest().version}-${process.arch}-${recipeFingerprint()}`
  return join(cache, 'attune', `mediasoup-worker-${key}`, 'mediasoup-worker')
}

/** Whether `path` is a media worker that runs on this machine. */
export async function isWorker(path: string): Promise<boolean> {
  if (!existsSync(path)) return false
  try {
    return (
      (await runCommand(path, [], { env: { NODE_ENV: 'production' }, limitMs: 10_000 })).status ===
      STATUS_OF_A_WORKER
    )
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

/** The worker that is there already, or null; builds and fetches nothing. */
export async function findWorker(env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  const named = env['MEDIASOUP_WORKER_BIN']
  if (named !== undefined && named !== '') {
    if (await isWorker(named)) return named
    throw new SetupError(
      'worker-unusable',
      `MEDIASOUP_WORKER_BIN is ${named}, which is no media worker that runs here; correct it, or unset it to have one built.`,
    )
  }
  const cached = cachedWorkerPath(env)
  return (await isWorker(cached)) ? cached : null
}

/** Puts a finished binary at its place in the cache in one step, so that two set-ups may race. */
function keep(binary: string, env: NodeJS.ProcessEnv): string {
  const path = cachedWorkerPath(env)
  mkdirSync(join(path, '..'), { recursive: true })
  const temporary = `${path}.${randomUUID()}`
  copyFileSync(binary, temporary)
  chmodSync(temporary, 0o755)
  renameSync(temporary, path)
  return path
}

/** Mediasoup's own download script, unless its server is out of reach; null when it gave nothing. */
async function fetchPrebuilt(options: WorkerOptions): Promise<string | null> {
  const base =
    options.env['MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL'] ?? packageManifest().repository
  if (options.env['MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD'] !== undefined || base === '')
    return null
  try {
    await fetch(base, { method: 'HEAD', signal: AbortSignal.timeout(PREBUILT_PROBE_MS) })
  } catch (error) {
    options.progress.note(`No prebuilt media worker within reach (${String(error)})`)
    return null
  }
  const step = options.progress.step("Fetching mediasoup's prebuilt media worker")
  // The script goes on to a build with tools of its own when the download fails: stop it there.
  await runCommand(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
    cwd: PACKAGE,
    env: { ...options.env, MEDIASOUP_WORKER_BIN: undefined },
    limitMs: PREBUILT_LIMIT_MS,
    onLine: (line) => (line.includes('building it locally') ? 'stop' : undefined),
  })
  const binary = join(PACKAGE, 'worker/out/Release/mediasoup-worker')
  const usable = await isWorker(binary)
  step.done(usable ? 'fetched' : 'none that runs here')
  return usable ? keep(binary, options.env) : null
}

/** Builds that were cut short leave their folders; one that is a day old builds no more. */
function removeLeftovers(cache: string): void {
  if (!existsSync(cache)) return
  for (const name of readdirSync(cache).filter((entry) => entry.startsWith('build-'))) {
    const folder = join(cache, name)
    if (Date.now() - statSync(folder).mtimeMs > A_DAY_MS) rmSync(folder, { recursive: true })
  }
}

async function build(options: WorkerOptions): Promise<string> {
  const tools = await Promise.all(BUILD_TOOLS.map((tool) => answers(tool)))
  // Elsewhere than on Debian the tools alone can be asked for; CMake names a library that lacks.
  if ((await onDebian()) || tools.includes(false)) {
    await ensureSystemPackages(
      BUILD_PACKAGES,
      "to build mediasoup's media worker",
      options,
      options.progress,
    )
  }
  const step = options.progress.step("Building mediasoup's media worker (once, some minutes)")
  removeLeftovers(join(cachedWorkerPath(options.env), '..'))
  const folder = join(cachedWorkerPath(options.env), '..', `build-${randomUUID()}`)
  mkdirSync(folder, { recursive: true })
  try {
    const configure = ['-G', 'Ninja', '-S', RECIPE, '-B', folder]
    const source = `-DMEDIASOUP_WORKER_DIR=${join(PACKAGE, 'worker')}`
    const configured = await runCommand('cmake', [...configure, source])
    if (configured.status !== 0) throw buildFailed(configured.tail)
    const built = await runCommand('ninja', ['-C', folder], {
      onLine: (line) => {
        const done = /^\[(\d+)\/(\d+)\]/.exec(line)
        if (done) step.update(`${String(Math.floor((Number(done[1]) / Number(done[2])) * 100))} %`)
        return undefined
      },
    })
    if (built.status !== 0) throw buildFailed(built.tail)
    const binary = join(folder, 'mediasoup-worker')
    if (!(await isWorker(binary))) throw buildFailed('The program that was built does not run.')
    const path = keep(binary, options.env)
    step.done('built')
    return path
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function buildFailed(tail: string): SetupError {
  return new SetupError(
    'worker-build-failed',
    `The media worker could not be built; set MEDIASOUP_WORKER_BIN to one, or mend this and start again:\n${tail}`,
  )
}

/** A media worker that runs on this machine, made if need be; its absolute path. */
export async function ensureWorker(options: WorkerOptions): Promise<string> {
  return (await findWorker(options.env)) ?? (await fetchPrebuilt(options)) ?? (await build(options))
}
