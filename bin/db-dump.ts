/**
 * `npm run db:dump`: the whole database as plain SQL on standard output, embedded or not, whether
 * the service runs or not. Everything else that it has to say goes to standard error. It must change
 * no owner and no mode of what is there: root may run it beside a service that runs as somebody else.
 */
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import pg from 'pg'
import { MIGRATIONS_FOLDER } from '../prisma/migrate.ts'
import { clusterUrl, existingCluster, hasCluster } from './database/cluster.ts'
import { dumpDatabase } from './database/dump.ts'
import { withCluster } from './database/run-cluster.ts'
import { readSettings } from './setup/settings.mjs'
import { messageOf, SetupError } from './setup/setup-error.ts'
import { holderOf, lockDataFolder } from './supervisor/data-lock.ts'
import { readDatabasePassword } from './supervisor/secrets.ts'

/** Runs `use` with the embedded database, started for it where the service does not run. */
async function withEmbedded(
  dataFolder: string,
  use: (url: string) => Promise<void>,
): Promise<void> {
  if (!hasCluster(dataFolder)) {
    throw new SetupError(
      'database',
      `There is no database in ${dataFolder} that this user may see; set ATTUNE_DATA or DATABASE_URL, or run npm start first.`,
    )
  }
  const options = { dataFolder, password: readDatabasePassword(dataFolder) }
  if (holderOf(dataFolder) !== null) {
    await use(clusterUrl(options))
    return
  }
  const unlock = lockDataFolder(dataFolder)
  try {
    await withCluster(await existingCluster(options), use)
  } finally {
    unlock()
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
