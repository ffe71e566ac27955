/** Makes the database that a URL names, where its server runs but does not have it. */
import pg from 'pg'
import { messageOf, SetupError } from '../setup/setup-error.ts'

/** What PostgreSQL says of a name that it does not know. */
const UNKNOWN_DATABASE = '3D000'

const WRONG_PASSWORD = '28P01'

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

/** The sentence for a database that cannot be reached or used. */
export function databaseError(error: unknown): SetupError {
  const fix =
    codeOf(error) === WRONG_PASSWORD
      ? 'correct DATABASE_URL, or, without one, put secrets/database-password of the data folder back from a backup'
      : 'check DATABASE_URL and that its server runs'
  const sentence = `The database cannot be used (${messageOf(error)}); ${fix}.`
  return new SetupError('database', sentence, { cause: error })
}

/** Makes the database of `databaseUrl` if need be; one that is there is left alone. */
export async function createDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  try {
    await client.connect()
    await client.end()
    return
  } catch (error) {
    if (codeOf(error) !== UNKNOWN_DATABASE) throw databaseError(error)
  }
  const url = new URL(databaseUrl)
  const name = decodeURIComponent(url.pathname.slice(1))
  url.pathname = '/postgres'
  const maintenance = new pg.Client({ connectionString: url.href })
  try {
    await maintenance.connect()
    await maintenance.query(`CREATE DATABASE ${maintenance.escapeIdentifier(name)}`)
  } catch (error) {
    throw databaseError(error)
  } finally {
    await maintenance.end()
  }
}
