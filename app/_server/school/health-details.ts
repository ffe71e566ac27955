/** How web, the database and the media server are doing, for the admins' page. Numbers alone. */
import type { ServerContext } from '../core/context.ts'
import type { Call } from '../core/handle.ts'

const MICROSECONDS_A_MILLISECOND = 1000

export async function readHealthDetails({ context }: Call<'healthDetails', 'school-admin'>) {
  const [database, load] = await Promise.all([databaseDetails(context), context.sfu.load()])
  const { user, system } = process.cpuUsage()
  return {
    at: context.clock.now(),
    web: {
      uptimeSeconds: process.uptime(),
      memoryBytes: process.memoryUsage.rss(),
      cpuMilliseconds: (user + system) / MICROSECONDS_A_MILLISECOND,
      node: process.version,
      mail: context.mail !== null,
    },
    database,
    sfu: [{ node: context.sfuNode, load }],
  }
}

interface DatabaseRow {
  readonly bytes: bigint
  readonly connections: number
  readonly version: string
}

async function databaseDetails({ db, log }: ServerContext) {
  const asked = performance.now()
  try {
    const rows = await db.$queryRaw<DatabaseRow[]>`
      SELECT pg_database_size(current_database()) AS "bytes",
        (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database())
          AS "connections",
        current_setting('server_version') AS "version"`
    const row = rows[0]
    if (row === undefined) return null
    const answersInMs = performance.now() - asked
    return { ...row, bytes: Number(row.bytes), answersInMs }
  } catch (error) {
    log.error('database-silent', error)
    return null
  }
}
