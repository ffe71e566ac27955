/**
 * A certificate of this machine's own for `--https`, in the data folder, made anew when it runs out
 * or when the machine has other names. Browsers warn of it once; nobody is asked to trust more.
 */
import { X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Progress } from './progress.ts'
import { answers, runCommand } from './run-command.ts'
import { SetupError } from './setup-error.ts'
import { ensureSystemPackages, type SystemPackagesPolicy } from './system-packages.ts'

const DAYS = 397
const RENEW_MS = 7 * 24 * 3600 * 1000

export interface TlsFiles {
  readonly cert: string
  readonly key: string
}

/** Whether the certificate lasts another week and covers every name. */
export function covers(pem: string, names: readonly string[], now: number): boolean {
  const certificate = new X509Certificate(pem)
  if (new Date(certificate.validTo).getTime() - now < RENEW_MS) return false
  return names.every(
    (name) =>
      (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined,
  )
}

/** The certificate's files, for this machine's names and `addresses`. */
export async function ensureCertificate(
  dataFolder: string,
  addresses: readonly string[],
  policy: SystemPackagesPolicy,
  progress: Progress,
): Promise<TlsFiles> {
  const folder = join(dataFolder, 'tls')
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const names = [...new Set(['localhost', hostname(), '127.0.0.1', '::1', ...addresses])]
  if (
    existsSync(files.cert) &&
    existsSync(files.key) &&
    covers(readFileSync(files.cert, 'utf8'), names, Date.now())
  ) {
    return files
  }
  if (!(await answers('openssl', ['version']))) {
    await ensureSystemPackages(['openssl'], 'to make a certificate', policy, progress)
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const alternatives = names.map((name) => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`).join(',')
  const made = await runCommand('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    String(DAYS),
    '-subj',
    '/CN=Attune on this machine',
    '-addext',
    `subjectAltName=${alternatives}`,
    '-addext',
    'extendedKeyUsage=serverAuth',
    '-keyout',
    files.key,
    '-out',
    files.cert,
  ])
  if (made.status !== 0) {
    throw new SetupError(
      'certificate',
      `openssl could not make a certificate; set TLS_CERT and TLS_KEY instead: ${made.tail}`,
    )
  }
  chmodSync(files.key, 0o600)
  return files
}
