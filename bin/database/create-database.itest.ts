import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { SetupError } from '../setup/setup-error.ts'
import { createDatabase } from './create-database.ts'

/** A name that has to be quoted. */
const NAME = `A "school" ${randomUUID()}`

function urlOf(change: (url: URL) => void): string {
  const url = new URL(process.env['ATTUNE_TEST_SERVER'] ?? '')
  change(url)
  return url.href
}

describe('createDatabase', () => {
  it('makes the database that the server lacks, and leaves it alone from then on', async () => {
    const url = urlOf((of) => (of.pathname = `/${encodeURIComponent(NAME)}`))
    await createDatabase(url)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query('CREATE TABLE kept (id int)')
      await createDatabase(url)
      const { rows } = await client.query(
        'SELECT current_database() AS name FROM kept RIGHT JOIN (SELECT 1) AS one ON true',
      )
      expect(rows).toEqual([{ name: NAME }])
    } finally {
      await client.end()
      const server = new pg.Client({ connectionString: process.env['ATTUNE_TEST_SERVER'] })
      await server.connect()
      await server.query(`DROP DATABASE ${server.escapeIdentifier(NAME)}`)
      await server.end()
    }
  })

  it.each([
    [
      'a wrong password',
      (url: URL) => {
        url.password = 'wrong'
      },
      /put secrets\/database-password/,
    ],
    [
      'a server that is not there',
      (url: URL) => {
        url.searchParams.set('host', '/nowhere')
      },
      /check DATABASE_URL and that its server runs\.$/,
    ],
  ])('says in one sentence what to do about %s', async (_, change, fix) => {
    const created = createDatabase(urlOf(change))
    await expect(created).rejects.toThrow(SetupError)
    await expect(created).rejects.toThrow(fix)
  })
})
