/**
 * The school's secrets: generated at the first start, kept in files of mode 0600, never printed,
 * but for the set-up code, which is made to be read. It never replaces one that is there.
 */
import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf, SetupError } from '../setup/setup-error.ts'

/** Without the letters and figures that people mistake for one another. */
const CODE_LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'
const CODE_LENGTH = 12

export interface Secrets {
  readonly folder: string
  readonly ticketPublicKey: string
  /** File with the key of the media server's stamps. */
  readonly sfuStampKey: string
  readonly databasePassword: string
  readonly setUpCode: string
}

function write(path: string, content: string): void {
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' })
}

function ensure(folder: string, name: string, make: () => string): string {
  const path = join(folder, name)
  if (!existsSync(path)) write(path, `${make()}\n`)
  return readFileSync(path, 'utf8').trim()
}

function key(): string {
  return randomBytes(32).toString('base64url')
}

/** Such as `K7QM-2XHD-9RTW`: some 59 bits. */
export function makeSetUpCode(random: (below: number) => number = randomInt): string {
  const letters = Array.from({ length: CODE_LENGTH }, () =>
    CODE_LETTERS.charAt(random(CODE_LETTERS.length)),
  ).join('')
  return letters.replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** Reads the secrets in `<dataFolder>/secrets`, and makes those that are missing. */
export function ensureSecrets(dataFolder: string): Secrets {
  const folder = join(dataFolder, 'secrets')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const privateKey = join(folder, 'ticket-private.pem')
  const publicKey = join(folder, 'ticket-public.pem')
  if (!existsSync(privateKey) || !existsSync(publicKey)) {
    const pair = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    write(publicKey, pair.publicKey)
    write(privateKey, pair.privateKey)
  }
  ensure(folder, 'auth-secret', key)
  ensure(folder, 'salt-secret', key)
  ensure(folder, 'sfu-stamp-key', key)
  return {
    folder,
    ticketPublicKey: publicKey,
    sfuStampKey: join(folder, 'sfu-stamp-key'),
    databasePassword: ensure(folder, 'database-password', key),
    setUpCode: ensure(folder, 'set-up-code', makeSetUpCode),
  }
}

/** The embedded database's password as it is, for a command that must not make what is missing. */
export function readDatabasePassword(dataFolder: string): string {
  const path = join(dataFolder, 'secrets/database-password')
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw new SetupError(
      'database',
      `The database's password cannot be read (${messageOf(error)}); run this as the user who runs Attune, or put the file back from a backup.`,
      { cause: error },
    )
  }
}
