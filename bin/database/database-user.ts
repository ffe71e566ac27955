/**
 * PostgreSQL refuses to run as root, and takes only files of its own user. A database that is there
 * runs as the user to whom it belongs; a new one that root makes as the system user `postgres`, made
 * here if there is none; one that anyone else makes as that person. This module also finds out which
 * folder on the way that user cannot enter, so that set-up can say so instead of failing later.
 */
import { chmodSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { runCommand } from '../setup/run-command.ts'
import { SetupError } from '../setup/setup-error.ts'

export interface DatabaseUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

const NAME = 'postgres'

async function idOf(flag: '-u' | '-g'): Promise<number | null> {
  const found = await runCommand('id', [flag, NAME])
  return found.status === 0 ? Number(found.stdout.trim()) : null
}

/** The user that a new database runs as, or null when it is the one who runs this process. */
export async function databaseUser(): Promise<DatabaseUser | null> {
  if (process.getuid?.() !== 0) return null
  if ((await idOf('-u')) === null) {
    const made = await runCommand('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir=/nonexistent',
      '--shell=/usr/sbin/nologin',
      NAME,
    ])
    if (made.status !== 0) {
      throw new SetupError(
        'database',
        `The system user "${NAME}" for the database could not be made (${made.tail}); make it, or set DATABASE_URL.`,
      )
    }
  }
  const uid = await idOf('-u')
  const gid = await idOf('-g')
  if (uid === null || gid === null) {
    throw new SetupError('database', `The system user "${NAME}" cannot be found; set DATABASE_URL.`)
  }
  return { name: NAME, uid, gid }
}

/**
 * The user that a database which is there runs as: the owner of its files in `folder`, or null when
 * that is the one who runs this process.
 *
 * @param self who runs this process; undefined where the system has no such numbers
 */
export async function ownerOf(
  folder: string,
  files: { readonly uid: number; readonly gid: number } = statSync(folder),
  self: number | undefined = process.getuid?.(),
): Promise<DatabaseUser | null> {
  const { uid, gid } = files
  if (self === undefined) return null
  if (uid === 0) {
    throw new SetupError(
      'database',
      `The database in ${folder} belongs to root, as whom PostgreSQL does not run; give it to the user who ran it before: chown -R ${NAME}: ${folder}`,
    )
  }
  if (uid === self) return null
  const named = await runCommand('id', ['-un', String(uid)])
  const name = named.status === 0 ? named.stdout.trim() : String(uid)
  if (self === 0) return { name, uid, gid }
  throw new SetupError(
    'database',
    `The database in ${folder} belongs to the user "${name}"; run this as that user.`,
  )
}

function mayEnter(folder: string, user: DatabaseUser): boolean {
  const { uid, gid, mode } = statSync(folder)
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
  return (mode & bit) !== 0
}

/** The outermost folder on the way to `path` that `user` cannot enter, or null. */
export function closedFolder(path: string, user: DatabaseUser | null): string | null {
  if (user === null) return null
  const above = dirname(path) === path ? null : closedFolder(dirname(path), user)
  return above ?? (mayEnter(path, user) ? null : path)
}

/** Whether `folder` may be opened without asking: the data folder, or a temporary one of our own. */
function isOurs(folder: string, dataFolder: string, temporary: string): boolean {
  if (folder === dataFolder) return true
  return folder.startsWith(`${temporary}/`) && statSync(folder).uid === process.getuid?.()
}

/**
 * Lets the database user pass through to `dataFolder`, without letting it list anything on the way.
 * Throws `data-folder` with the fix where a folder is closed that is not ours to open.
 */
export function openWay(
  dataFolder: string,
  user: DatabaseUser | null,
  temporary: string = tmpdir(),
): void {
  for (;;) {
    const closed = closedFolder(dataFolder, user)
    if (closed === null) return
    if (!isOurs(closed, dataFolder, temporary)) {
      throw new SetupError(
        'data-folder',
        `The database runs as the user "${user?.name ?? ''}", who cannot enter ${closed}; set ATTUNE_DATA to a folder elsewhere (ATTUNE_DATA=/var/lib/attune), or allow it: chmod o+x ${closed}`,
      )
    }
    chmodSync(closed, statSync(closed).mode | 0o011)
  }
}
