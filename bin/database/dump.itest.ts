import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MIGRATIONS_FOLDER } from '../../prisma/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { dumpDatabase } from './dump.ts'

async function dump(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await Array.fromAsync(dumpDatabase(client, MIGRATIONS_FOLDER))).join('')
  } finally {
    await client.end()
  }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

describe('dumpDatabase', () => {
  let database: TestDatabase
  let copy: TestDatabase

  beforeEach(async () => {
    database = await createTestDatabase()
    copy = await createTestDatabase()
    await run(copy.url, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  })

  afterEach(async () => {
    await database.drop()
    await copy.drop()
  })

  it('gives the same database when it is loaded into an empty one', async () => {
    await run(
      database.url,
      `INSERT INTO "Account" (id, name, email, "boxPublicKey", "signPublicKey", "privateBox", "createdAt")
       VALUES (gen_random_uuid(), E'O\\'Neil \\\\ "Ünï"\\n;', 'a@example.org', '\\x00ff', '\\x27', '\\x5c', now())`,
    )
    const first = await dump(database.url)
    expect(first).toContain('a@example.org')
    await run(copy.url, first)
    expect(await dump(copy.url)).toBe(first)
  })
})
