/**
 * Driver adapter factory of PostgreSQL for Prisma's schema engine (migrations). It mends what
 * @prisma/adapter-pg lacks there and the client never meets; each place says what.
 */
import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { parse } from 'pg-connection-string'

/** PostgreSQL's internal type "char", which its catalogs use, and `text`. */
const OID_CHAR = 18
const OID_TEXT = 25

async function open(config, afterwards) {
  const pool = new pg.Pool(config)
  const adapter = await new PrismaPg(pool).connect()
  // The adapter splits scripts at every ';', also inside strings and $$ bodies: send them whole.
  adapter.executeScript = async (sql) => {
    try {
      await pool.query(sql)
    } catch (error) {
      adapter.onError(error)
    }
  }
  // The adapter knows no column type for "char": read it as text, then say that it is a character.
  const { queryRaw } = adapter
  adapter.queryRaw = async (query) => {
    const characters = []
    const performIO = async (asked) => {
      const result = await adapter.performIO(asked)
      result.fields.forEach((field, index) => {
        if (field.dataTypeID !== OID_CHAR) return
        characters.push(index)
        field.dataTypeID = OID_TEXT
      })
      return result
    }
    const reader = Object.create(adapter, { performIO: { value: performIO } })
    const result = await queryRaw.call(reader, query)
    for (const index of characters) result.columnTypes[index] = ColumnTypeEnum.Character
    return result
  }
  adapter.dispose = async () => {
    await pool.end()
    await afterwards?.()
  }
  return adapter
}

/** The factory for the server and database that `url` names. */
export function postgresFactory(url) {
  // Taken apart, since a connection string would win over the shadow database's name.
  const parsed = parse(url)
  const config = {
    host: parsed.host ?? undefined,
    port: parsed.port ? Number(parsed.port) : undefined,
    user: parsed.user,
    password: parsed.password,
    database: parsed.database ?? undefined,
    ssl: parsed.ssl,
  }
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => open(config),
    // The adapter drops its shadow database while it is still connected: end first, then drop.
    async connectToShadowDb() {
      const main = await open(config)
      const database = `prisma_migrate_shadow_db_${randomUUID()}`
      await main.executeScript(`CREATE DATABASE "${database}"`)
      return open({ ...config, database }, async () => {
        await main.executeScript(`DROP DATABASE "${database}" WITH (FORCE)`)
        await main.dispose()
      })
    },
  }
}
