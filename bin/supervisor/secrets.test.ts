import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureSecrets, makeSetUpCode, readDatabasePassword } from './secrets.ts'

describe('ensureSecrets', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attune-secrets-'))
  })

  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  it('keeps every secret closed to others', () => {
    const { folder: secrets } = ensureSecrets(folder)
    expect(statSync(secrets).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(secrets)) {
      expect([name, statSync(join(secrets, name)).mode & 0o777]).toEqual([name, 0o600])
    }
  })

  it('makes each once and keeps it', () => {
    const read = (): string[] => {
      const { folder: secrets } = ensureSecrets(folder)
      return readdirSync(secrets).map((name) => readFileSync(join(secrets, name), 'utf8'))
    }
    const first = read()
    expect(read()).toEqual(first)
    expect(new Set(first).size).toBe(first.length)
  })

  it('reads the password of the database without making anything, and says where it is missing', () => {
    expect(() => readDatabasePassword(folder)).toThrow(
      /^The database's password cannot be read [^\n]*$/,
    )
    expect(readdirSync(folder)).toEqual([])
    const { databasePassword } = ensureSecrets(folder)
    expect(readDatabasePassword(folder)).toBe(databasePassword)
  })

  it('makes a ticket pair whose halves belong together', () => {
    const { folder: secrets, ticketPublicKey } = ensureSecrets(folder)
    const key = createPrivateKey(readFileSync(join(secrets, 'ticket-private.pem')))
    const signature = sign(null, Buffer.from('ticket'), key)
    const publicKey = createPublicKey(readFileSync(ticketPublicKey))
    expect(verify(null, Buffer.from('ticket'), publicKey, signature)).toBe(true)
  })

  it('spells the set-up code in groups, without letters that look alike', () => {
    expect(makeSetUpCode()).toMatch(/^([A-HJ-KM-NP-TV-Z2-9]{4}-){2}[A-HJ-KM-NP-TV-Z2-9]{4}$/)
    expect(makeSetUpCode(() => 0)).toBe('AAAA-AAAA-AAAA')
  })
})
