/** Everything that stands in a test school's database, as text: what a thief, or the server, could read. */
import pg from 'pg'
import type { TestSchool } from '../../_server/testing/test-school.ts'

export async function dumpOf(school: TestSchool): Promise<string> {
  const { db } = school.context
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS "name" FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`
  const rows: string[] = []
  for (const { name } of tables) {
    const quoted = pg.escapeIdentifier(name)
    const found = await db.$queryRawUnsafe<{ row: string }[]>(
      `SELECT t::text AS "row" FROM ${quoted} t`,
    )
    rows.push(...found.map(({ row }) => `${name} ${row}`))
  }
  return rows.join('\n')
}
