/** The certificate of `--https`, made by the real openssl. */
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { covers, ensureCertificate, type TlsFiles } from './certificate.ts'
import { createProgress } from './progress.ts'
import { readSettings } from './settings.mjs'

const DAY_MS = 24 * 3600 * 1000

describe('ensureCertificate', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attune-certificate-'))
  })

  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  const ensure = (addresses: readonly string[]): Promise<TlsFiles> => {
    const progress = createProgress({ write: () => undefined })
    return ensureCertificate(folder, addresses, { mayInstall: false }, progress)
  }

  it("makes one for this machine's names and addresses, with its key closed to others", async () => {
    const { cert, key } = await ensure(['203.0.113.7', '2001:db8::7'])
    const pem = readFileSync(cert, 'utf8')
    const names = ['localhost', hostname(), '127.0.0.1', '::1', '203.0.113.7', '2001:db8::7']
    expect(covers(pem, names, Date.now())).toBe(true)
    expect(covers(pem, ['203.0.113.8'], Date.now())).toBe(false)
    expect(covers(pem, ['class.example.org'], Date.now())).toBe(false)
    expect(statSync(key).mode & 0o777).toBe(0o600)
    // Web takes the two as it takes a school's own.
    expect(readSettings([], { TLS_CERT: cert, TLS_KEY: key }).tls).toEqual({ cert, key })
  })

  it('keeps it while it fits, and makes another for another address', async () => {
    const serial = (files: TlsFiles): string =>
      new X509Certificate(readFileSync(files.cert)).serialNumber
    const first = serial(await ensure(['203.0.113.7']))
    expect(serial(await ensure(['203.0.113.7']))).toBe(first)
    expect(serial(await ensure(['203.0.113.9']))).not.toBe(first)
  })

  it('does not let it run out', async () => {
    const pem = readFileSync((await ensure([])).cert, 'utf8')
    const end = new Date(new X509Certificate(pem).validTo).getTime()
    expect(covers(pem, ['localhost'], end - 8 * DAY_MS)).toBe(true)
    expect(covers(pem, ['localhost'], end - 6 * DAY_MS)).toBe(false)
  })
})
