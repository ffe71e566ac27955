/**
 * `npm run db:restore < FILE`: loads what `npm run db:dump` wrote, from standard input, into an empty
 * database, embedded (made where there is none) or not. It refuses to run beside the service.
 */
import { mkdirSync } from 'node:fs'
import pg from 'pg'
import { prepareCluster } from './database/cluster.ts'
import { createDatabase } from './database/create-database.ts'
import { loadDump } from './database/load-dump.ts'
import { withCluster } from './database/run-cluster.ts'
import { createProgress } from './setup/progress.ts'
import { readSettings } from './setup/settings.mjs'
import { messageOf, SetupError } from './setup/setup-error.ts'
import { lockDataFolder } from './supervisor/data-lock.ts'
import { ensureSecrets } from './supervisor/secrets.ts'

async function loadInto(url: string): Promise<void> {
  await createDatabase(url)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const step = createProgress().step('Loading the dump')
    process.stdin.setEncoding('utf8')
    await loadDump(client, process.stdin, (letters) => {
      step.update(`${(letters / 1e6).toFixed(0)} MB`)
    })
    step.done()
  } finally {
    await client.end()
  }
}

async function loadEmbedded(dataFolder: string): Promise<void> {
  mkdirSync(dataFolder, { recursive: true })
  const unlock = lockDataFolder(dataFolder)
  try {
    const password = ensureSecrets(dataFolder).databasePassword
    await withCluster(await prepareCluster({ dataFolder, password }), loadInto)
  } finally {
    unlock()
  }
}

try {
  const settings = readSettings(process.argv.slice(2), process.env)
  if (process.stdin.isTTY) {
    throw new SetupError('bad-argument', 'Give the dump as input: npm run db:restore < FILE.sql')
  }
  if (settings.databaseUrl === null) await loadEmbedded(settings.dataFolder)
  else await loadInto(settings.databaseUrl)
  if (process.connected) process.disconnect()
} catch (error) {
  console.error(`attune: ${messageOf(error)}`)
  process.exit(1)
}
