/**
 * The whole service on one machine: set-up, then PostgreSQL, sfu and web under supervision. What
 * `npm start`, the demo and the end-to-end tests run. It never outlives stop(), and neither does
 * anything that it started.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { migrate, MigrationError } from '../prisma/migrate.ts'
import { type Cluster, prepareCluster, stopLeftover } from './database/cluster.ts'
import { createDatabase, databaseError } from './database/create-database.ts'
import { manageCluster } from './database/run-cluster.ts'
import { buildClient, buildPages } from './setup/build.ts'
import { ensureCertificate } from './setup/certificate.ts'
import { ensureWorker } from './setup/mediasoup-worker.ts'
import { prepareModelFiles } from './setup/model-files.ts'
import { checkPorts } from './setup/ports.mjs'
import type { Progress } from './setup/progress.ts'
import { machineAddresses, type Settings } from './setup/settings.mjs'
import { messageOf, SetupError } from './setup/setup-error.ts'
import { prepareSoundFiles } from './setup/sound-files.ts'
import { saysReady, sfuAnswers, startNodeChild } from './supervisor/child-processes.ts'
import { lockDataFolder } from './supervisor/data-lock.ts'
import { ManagedProcess, realTimers } from './supervisor/managed-process.ts'
import { ensureSecrets } from './supervisor/secrets.ts'
import {
  type ServiceParts,
  sfuEnvironment,
  sfuSocket,
  webEnvironment,
} from './supervisor/service-environment.ts'

export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

const ASK_AGAIN_MS = 100

export interface ServiceOptions {
  readonly settings: Settings
  readonly env: NodeJS.ProcessEnv
  readonly progress: Progress
  /** What the processes say, and what becomes of them. */
  readonly onLine: (line: string) => void
}

export interface Started {
  readonly publicUrl: string
  readonly databaseUrl: string
  /** The code for the first account, or null once there is one. */
  readonly setUpCode: string | null
}

export interface Service {
  /** Sets up, starts, and answers once everything serves. Throws SetupError; nothing runs then. */
  start(): Promise<Started>
  /** Ends everything, also in the middle of a start, which is then rejected. */
  stop(): Promise<void>
}

type End = () => Promise<void> | void

/** The service, not started yet. */
export function createService(options: ServiceOptions): Service {
  const ends: End[] = []
  let stopped: Promise<void> | null = null
  const stop = (): Promise<void> => {
    stopped ??= endAll(ends)
    return stopped
  }
  const onEnd = (end: End): void => {
    if (stopped !== null) throw new SetupError('process-gone', 'Attune was stopped.')
    ends.push(end)
  }
  const start = async (): Promise<Started> => {
    try {
      return await bringUp(options, onEnd)
    } catch (error) {
      await stop()
      throw error
    }
  }
  return { start, stop }
}

/** Runs every end, the last begun first; one that fails does not keep the others from running. */
async function endAll(ends: readonly End[]): Promise<void> {
  const failures: unknown[] = []
  for (const end of [...ends].reverse()) {
    try {
      await end()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'not everything could be ended')
}

async function bringUp(options: ServiceOptions, onEnd: (end: End) => void): Promise<Started> {
  const { settings, env, progress } = options
  await checkPorts(settings)
  mkdirSync(settings.dataFolder, { recursive: true })
  onEnd(lockDataFolder(settings.dataFolder))
  const policy = { mayInstall: settings.systemPackages }
  const secrets = ensureSecrets(settings.dataFolder)
  // Early, since a data folder that the database cannot use is best named before anything slow.
  const database = await prepareDatabase(settings, secrets.databasePassword)
  const workerBinary = await ensureWorker({ env, progress, ...policy })
  prepareModelFiles(ROOT, progress)
  prepareSoundFiles(ROOT)
  await buildClient(ROOT, progress)
  if (!settings.development) await buildPages(ROOT, progress)
  const tls =
    settings.tls ??
    (settings.https
      ? await ensureCertificate(settings.dataFolder, machineAddresses(), policy, progress)
      : null)
  if (database.cluster !== null) await startEmbedded(options, database.cluster, onEnd)
  const databaseUrl = database.url
  const firstAccountMissing = await migrateDatabase(databaseUrl, progress)
  const socket = sfuSocket(settings.dataFolder)
  if (socket.folder !== null) mkdirSync(socket.folder, { recursive: true, mode: 0o700 })
  const parts: ServiceParts = {
    settings,
    secretsFolder: secrets.folder,
    ticketPublicKey: secrets.ticketPublicKey,
    sfuStampKey: secrets.sfuStampKey,
    databaseUrl,
    workerBinary,
    sfuInternal: socket.path,
    tls,
  }
  // Building takes minutes: someone may have taken a port meanwhile.
  await checkPorts(settings)
  const sfu = superviseSfu(options, parts)
  const web = superviseWeb(options, parts)
  onEnd(() => sfu.stop())
  onEnd(() => web.stop())
  const step = progress.step('Starting')
  await Promise.all([sfu.start(), web.start()])
  step.done()
  const setUpCode = firstAccountMissing ? secrets.setUpCode : null
  return { publicUrl: settings.publicUrl, databaseUrl, setUpCode }
}

/** Where the database is; the embedded one is initialised, not started. */
async function prepareDatabase(
  settings: Settings,
  password: string,
): Promise<{ url: string; cluster: Cluster | null }> {
  if (settings.databaseUrl !== null) return { url: settings.databaseUrl, cluster: null }
  const cluster = await prepareCluster({ dataFolder: settings.dataFolder, password })
  return { url: cluster.url, cluster }
}

/** Starts the embedded PostgreSQL under supervision. */
async function startEmbedded(
  options: ServiceOptions,
  cluster: Cluster,
  onEnd: (end: End) => void,
): Promise<void> {
  await stopLeftover(cluster)
  const database = manageCluster(cluster, options.onLine, (line) => {
    options.onLine(`database | ${line}`)
  })
  onEnd(() => database.stop())
  await database.start()
}

/** Makes the database if need be, applies migrations; answers whether no account exists yet. */
async function migrateDatabase(databaseUrl: string, progress: Progress): Promise<boolean> {
  await createDatabase(databaseUrl)
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  try {
    const applied = await migrate(pool)
    if (applied.length > 0) progress.note(`Database: ${String(applied.length)} migrations applied`)
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM "Account" LIMIT 1')
    return rows.length === 0
  } catch (error) {
    if (error instanceof MigrationError) {
      throw new SetupError('migration', error.message, { cause: error })
    }
    throw databaseError(error)
  } finally {
    await pool.end()
  }
}

function superviseSfu(options: ServiceOptions, parts: ServiceParts): ManagedProcess {
  const start = (ready: () => void) => {
    // A socket that a killed process left behind would keep the next one from listening.
    rmSync(parts.sfuInternal, { force: true })
    const child = startNodeChild(
      {
        name: 'sfu',
        root: ROOT,
        script: 'sfu/main.ts',
        env: sfuEnvironment(options.env, parts),
        onLine: options.onLine,
      },
      () => undefined,
    )
    const ask = (): void => {
      if (child.exitCode !== null || child.signalCode !== null) return
      sfuAnswers(parts.sfuInternal).then(
        (answers) => {
          if (answers) ready()
          else realTimers.after(ASK_AGAIN_MS, ask)
        },
        (error: unknown) => {
          options.onLine(`sfu cannot be asked: ${messageOf(error)}`)
        },
      )
    }
    ask()
    return child
  }
  return new ManagedProcess({ name: 'sfu', start, stopSignal: 'SIGTERM' }, options.onLine)
}

function superviseWeb(options: ServiceOptions, parts: ServiceParts): ManagedProcess {
  const start = (ready: () => void) =>
    startNodeChild(
      {
        name: 'web',
        root: ROOT,
        script: 'app/_server/main.ts',
        env: webEnvironment(options.env, parts),
        onLine: options.onLine,
      },
      (message) => {
        if (saysReady(message)) ready()
      },
    )
  return new ManagedProcess({ name: 'web', start, stopSignal: 'SIGTERM' }, options.onLine)
}
