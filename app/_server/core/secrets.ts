/**
 * The secrets of the installation, read once from the folder that set-up filled. They must never be
 * logged, answered or kept in the database.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importPKCS8, type CryptoKey } from 'jose'
import { TICKET_ALGORITHM } from '../../../sfu/protocol/ticket.ts'

export interface Secrets {
  /** Keys sessions' shares, guests' cookies and the names of counters. */
  readonly auth: Uint8Array
  /** Keys the salts of addresses that nobody has. */
  readonly salt: Uint8Array
  readonly ticketKey: CryptoKey
  /** What the first account needs when it is not made on this machine. */
  readonly setUpCode: string
}

const SHORTEST_SECRET = 16

/** Reads `auth-secret`, `salt-secret`, `set-up-code` and `ticket-private.pem` (PKCS #8, Ed25519). */
export async function readSecrets(folder: string): Promise<Secrets> {
  const text = async (name: string): Promise<string> => {
    const value = (await readFile(join(folder, name), 'utf8')).trim()
    if (value.length < 8) throw new RangeError(`the secret ${name} is too short`)
    return value
  }
  const bytes = async (name: string): Promise<Uint8Array> => {
    const value = Buffer.from(await text(name))
    if (value.length < SHORTEST_SECRET) throw new RangeError(`the secret ${name} is too short`)
    return value
  }
  return {
    auth: await bytes('auth-secret'),
    salt: await bytes('salt-secret'),
    ticketKey: await importPKCS8(await text('ticket-private.pem'), TICKET_ALGORITHM),
    setUpCode: await text('set-up-code'),
  }
}
