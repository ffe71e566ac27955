import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../bin/testing/database.ts'
import { migrate } from './migrate.ts'

describe('migrate', () => {
  let database: TestDatabase
  let pool: pg.Pool
  let folder: string

  const write = (name: string, sql: string): void => {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, 'migration.sql'), sql)
  }

  beforeEach(async () => {
    database = await createTestDatabase()
    pool = new pg.Pool({ connectionString: database.url })
    await pool.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    folder = mkdtempSync(join(tmpdir(), 'attune-migrations-'))
    write('1_first', 'CREATE TABLE a (n int); INSERT INTO a VALUES (1)')
  })

  afterEach(async () => {
    await pool.end()
    await database.drop()
    rmSync(folder, { recursive: true })
  })

  it('applies each migration once, in order', async () => {
    expect(await migrate(pool, folder)).toEqual(['1_first'])
    write('2_second', 'UPDATE a SET n = n + 1')
    expect(await migrate(pool, folder)).toEqual(['2_second'])
    expect(await migrate(pool, folder)).toEqual([])
    expect((await pool.query('SELECT n FROM a')).rows).toEqual([{ n: 2 }])
  })

  it('lets several nodes start at once', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => migrate(pool, folder)))
    expect(applied.flat()).toEqual(['1_first'])
    expect((await pool.query('SELECT n FROM a')).rows).toHaveLength(1)
  })

  it('undoes a migration that fails and goes on from there once it is mended', async () => {
    write('2_second', 'CREATE TABLE b (n int); SELECT nothing')
    await expect(migrate(pool, folder)).rejects.toMatchObject({ code: 'migration-failed' })
    write('2_second', 'CREATE TABLE b (n int)')
    expect(await migrate(pool, folder)).toEqual(['2_second'])
  })

  it('refuses a migration that was changed after it had been applied', async () => {
    await migrate(pool, folder)
    write('1_first', 'CREATE TABLE c (n int)')
    await expect(migrate(pool, folder)).rejects.toMatchObject({ code: 'migration-changed' })
  })
})
