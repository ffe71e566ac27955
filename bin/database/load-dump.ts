/**
 * Loads a dump of `npm run db:dump` into an empty database: all of it or nothing. It never touches a
 * database in which something is.
 */
import type { ClientBase } from 'pg'
import * as z from 'zod'
import { messageOf, SetupError } from '../setup/setup-error.ts'
import { END_OF_DUMP } from './dump.ts'
import { statementsOf } from './statements.ts'

const TABLES = `SELECT count(*)::int AS tables FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind = 'r'`

async function isEmpty(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query(TABLES)
  return z.tuple([z.object({ tables: z.number() })]).parse(rows)[0].tables === 0
}

/** Loads what `pieces` hold together; `onPiece` hears how many letters are in. */
export async function loadDump(
  client: ClientBase,
  pieces: AsyncIterable<string>,
  onPiece: (letters: number) => void = () => undefined,
): Promise<void> {
  if (!(await isEmpty(client))) {
    throw new SetupError(
      'database',
      'There is something in the database already, and a dump is loaded into an empty one only; set ATTUNE_DATA to a new folder, or DATABASE_URL to an empty database.',
    )
  }
  await client.query('BEGIN')
  try {
    let last = ''
    let letters = 0
    for await (const statements of statementsOf(pieces)) {
      await client.query(statements)
      last = statements
      letters += statements.length
      onPiece(letters)
    }
    if (!last.endsWith(END_OF_DUMP)) throw new RangeError('it is not whole')
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new SetupError(
      'database',
      `The dump could not be loaded, and nothing was changed (${messageOf(error)}); give a whole file that npm run db:dump made.`,
      { cause: error },
    )
  }
}
