/**
 * `npm run db:dump`: the whole database as plain SQL on standard output, embedded or not, whether
 * the service runs or not. Everything else that it has to say goes to standard error.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import pg from 'pg'
import { MIGRATIONS_FOLDER } from '../prisma/migrate.ts'
import { type Cluster, prepareCluster, startPostgres, stopLeftover } from './database/cluster.ts'
import { dumpDatabase } from './database/dump.ts'
import { readSettings } from './setup/settings.mjs'
import { messageOf, SetupError } from './setup/setup-error.ts'
import { holderOf, lockDataFolder } from './supervisor/data-lock.ts'
import { ManagedProcess } from './supervisor/managed-process.ts'
import { ensureSecrets } from './supervisor/secrets.ts'

/** Runs `use` with the embedded database, started for it where the service does not run. */
async function withEmbedded(
  dataFolder: string,
  use: (url: string) => Promise<void>,
): Promise<void> {
  if (!existsSync(join(dataFolder, 'postgresql/cluster/PG_VERSION'))) {
    throw new SetupError(
      'database',
      `There is no database in ${dataFolder}; set ATTUNE_DATA or DATABASE_URL, or run npm start first.`,
    )
  }
  const password = ensureSecrets(dataFolder).databasePassword
  const cluster = await prepareCluster({ dataFolder, password })
  if (holderOf(dataFolder) !== null) {
    await use(cluster.url)
    return
  }
  const unlock = lockDataFolder(dataFolder)
  try {
    await withStarted(cluster, use)
  } finally {
    unlock()
  }
}

async function withStarted(cluster: Cluster, use: (url: string) => Promise<void>): Promise<void> {
  await stopLeftover(cluster)
  const note = (text: string): void => {
    console.error(text)
  }
  const database = new ManagedProcess(
    {
      name: 'database',
      start: (ready) => startPostgres(cluster, ready, () => undefined),
      stopSignal: 'SIGINT',
    },
    note,
  )
  try {
    await database.start()
    await use(cluster.url)
  } finally {
    await database.stop()
  }
}

async function dumpTo(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const pieces = Readable.from(dumpDatabase(client, MIGRATIONS_FOLDER))
    await pipeline(pieces, process.stdout, { end: false })
  } finally {
    await client.end()
  }
}

try {
  const settings = readSettings(process.argv.slice(2), process.env)
  if (settings.databaseUrl === null) await withEmbedded(settings.dataFolder, dumpTo)
  else await dumpTo(settings.databaseUrl)
  if (process.connected) process.disconnect()
} catch (error) {
  console.error(`attune: ${messageOf(error)}`)
  process.exit(1)
}
