import { describe, expect, it } from 'vitest'
import { parseWebEnvironment } from '../../app/_server/web/environment.ts'
import { readSettings } from '../setup/settings.mjs'
import { sfuEnvironment, webEnvironment } from './service-environment.ts'

const parts = {
  settings: readSettings([], {}),
  secretsFolder: '/secrets',
  ticketPublicKey: '/secrets/ticket-public.pem',
  sfuStampKey: '/secrets/sfu-stamp-key',
  databaseUrl: 'postgresql://localhost/attune',
  workerBinary: '/worker',
  sfuInternal: '/sfu.sock',
  tls: null,
}

const EMPTY = { TLS_CERT: '', TLS_KEY: '', METRICS_TOKEN: '', SUPPORT_CHAT_URL: '' }
const NONE: NodeJS.ProcessEnv = { NODE_ENV: 'test' }

describe('webEnvironment', () => {
  it('takes an empty variable for none', () => {
    const env = webEnvironment({ ...NONE, ...EMPTY }, parts)
    expect(Object.keys(EMPTY).filter((name) => name in env)).toEqual([])
    expect(parseWebEnvironment(env)).toMatchObject({ PORT: 3000, TRUST_PROXY: '' })
  })

  it('gives the certificate that set-up found', () => {
    const tls = { cert: '/cert.pem', key: '/key.pem' }
    const env = webEnvironment({ ...NONE, ...EMPTY }, { ...parts, tls })
    expect(env).toMatchObject({ TLS_CERT: tls.cert, TLS_KEY: tls.key })
  })
})

describe('parseWebEnvironment', () => {
  it('takes an empty variable for none by itself', () => {
    const { TLS_CERT, METRICS_TOKEN } = parseWebEnvironment({
      ...webEnvironment(NONE, parts),
      ...EMPTY,
    })
    expect([TLS_CERT, METRICS_TOKEN]).toEqual([undefined, undefined])
  })
})

describe('sfuEnvironment', () => {
  it('gives no secret of the school', () => {
    const given = { ...NONE, DATABASE_URL: 'x', SUPPORT_CHAT_KEY: 'x', TURN_URLS: 'y' }
    const env = sfuEnvironment(given, parts)
    expect(env).toMatchObject({ TURN_URLS: 'y' })
    expect(Object.values(env)).not.toContain('x')
  })
})
