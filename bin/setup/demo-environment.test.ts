import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { demoEnvironment } from './demo-environment.mjs'
import { readSettings } from './settings.mjs'

/** Settings that are of this machine: ports, programs, models, how much is logged. */
const OF_THIS_MACHINE = [
  'PORT',
  'SFU_PORT',
  'SFU_WORKERS',
  'MEDIASOUP_WORKER_BIN',
  'CHROMIUM',
  'ATTUNE_MODEL',
  'EXPRESSION_MODEL',
  'SFU_LOG_LEVEL',
]

describe('demoEnvironment', () => {
  it('keeps of all settings those of this machine alone', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
    const names = [...example.matchAll(/^#([A-Z_]+)=/gm)].map(([, name = '']) => name)
    const all = Object.fromEntries(names.map((name) => [name, 'set']))
    expect(Object.keys(demoEnvironment({ NODE_ENV: 'test', PATH: '/bin', ...all })).sort()).toEqual(
      ['NODE_ENV', 'PATH', ...OF_THIS_MACHINE].sort(),
    )
  })

  it('serves at this machine, with a database of its own, whatever the school has set', () => {
    const school = {
      NODE_ENV: 'test',
      PORT: '4000',
      PUBLIC_URL: 'https://class.example.org',
      DATABASE_URL: 'postgresql://school.example.org/attune',
      TLS_CERT: '/etc/ssl/attune/none.pem',
      TLS_KEY: '/etc/ssl/attune/none.pem',
      ANNOUNCED_ADDRESS: '203.0.113.5',
    } as const
    expect(readSettings(['--demo'], demoEnvironment(school))).toMatchObject({
      publicUrl: 'http://localhost:4000',
      databaseUrl: null,
      tls: null,
      announcedAddress: null,
    })
  })
})
