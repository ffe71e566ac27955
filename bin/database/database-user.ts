/**
 * PostgreSQL refuses to run as root. Started by root, it runs as the system user `postgres`, made
 * here if there is none; started by anyone else, as that person. This module also finds out which
 * folder on the way that user cannot enter, so that set-up can say so instead of failing later.
 */
import { chmodSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { runCommand } from '../setup/run-command.ts'
import { SetupError } from '../setup/setup-error.ts'

export interface DatabaseUser {
  readonly uid: number
  readonly gid: number
}

const NAME = 'postgres'

async function idOf(flag: '-u' | '-g'): Promise<number | null> {
  const found = await runCommand('id', [flag, NAME])
  return found.status === 0 ? Number(found.stdout.trim()) : null
}

/** The user that PostgreSQL runs as, or null when it is the one who runs this process. */
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
  return { uid, gid }
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
        `The database runs as the user "${NAME}", who cannot enter ${closed}; set ATTUNE_DATA to a folder elsewhere (ATTUNE_DATA=/var/lib/attune), or allow it: chmod o+x ${closed}`,
      )
    }
    chmodSync(closed, statSync(closed).mode | 0o011)
  }
}
