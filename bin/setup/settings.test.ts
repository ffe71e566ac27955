import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logLevels } from '../../sfu/log.ts'
import { LOG_LEVELS, parseArguments, readSettings, SettingsError } from './settings.mjs'
import { TLS_CERT, TLS_KEY } from './testing/tls-pair.ts'

const wrong: readonly [string, readonly string[], Record<string, string>, RegExp][] = [
  [
    'a port that is no number',
    [],
    { PORT: 'eighty' },
    /^PORT is "eighty"; it must be a whole number/,
  ],
  ['a port out of range', ['--port', '70000'], {}, /^--port is "70000"/],
  ['a port option without a number', ['--port'], {}, /^--port needs a number/],
  ['an unknown argument', ['--prot=1'], {}, /^There is no argument --prot/],
  ['media and web on one port', [], { PORT: '4443' }, /media a port of its own/],
  ['more media ports than there are', [], { SFU_PORT: '65535', SFU_WORKERS: '2' }, /^SFU_PORT/],
  [
    'an origin with a path',
    [],
    { PUBLIC_URL: 'https://a.example/x' },
    /such as https:\/\/a.example\./,
  ],
  ['an origin that is none', [], { PUBLIC_URL: 'class.example.org' }, /^PUBLIC_URL is not a URL/],
  ['a proxy by name', [], { TRUST_PROXY: 'proxy' }, /^TRUST_PROXY holds "proxy"/],
  ['a network that is too narrow', [], { TRUST_PROXY: '10.0.0.0/33' }, /^TRUST_PROXY holds/],
  ['another database', [], { DATABASE_URL: 'mysql://x/y' }, /^DATABASE_URL is not a URL/],
  ['a certificate without a key', [], { TLS_CERT: '/a' }, /^TLS_CERT needs TLS_KEY/],
  ['a certificate that is not there', [], { TLS_CERT: '/no', TLS_KEY: '/no' }, /cannot be read/],
  ['TURN without its secret', [], { TURN_URLS: 'turn:a.example' }, /^TURN_URLS needs TURN_SECRET/],
  ['a TURN secret alone', [], { TURN_SECRET: 's' }, /^TURN_SECRET needs TURN_URLS/],
  [
    'a wrong TURN address',
    [],
    { TURN_URLS: 'a.example', TURN_SECRET: 's' },
    /^TURN_URLS holds "a.example"/,
  ],
  [
    'STUN, which needs no secret and is not used',
    [],
    { TURN_URLS: 'turn:a.example, stun:b.example', TURN_SECRET: 's' },
    /^TURN_URLS holds "stun:b.example"/,
  ],
  ['a list of no TURN server', [], { TURN_URLS: ' ,', TURN_SECRET: 's' }, /^TURN_URLS holds/],
  ['a listening name', [], { SFU_LISTEN_ADDRESS: 'here' }, /^SFU_LISTEN_ADDRESS is "here".* IP /],
  [
    'too short an absence',
    [],
    { SFU_TEACHER_ABSENCE: '5' },
    /^SFU_TEACHER_ABSENCE is "5".* from 10 to 86400/,
  ],
  [
    'an unknown model',
    [],
    { EXPRESSION_MODEL: 'toString' },
    /^EXPRESSION_MODEL is "toString".* one of standard, wide, open/,
  ],
  ['an unknown log level', [], { SFU_LOG_LEVEL: 'loud' }, /^SFU_LOG_LEVEL is "loud".* one of /],
  ['a short token', [], { METRICS_TOKEN: 'short' }, /^METRICS_TOKEN has 5 letters; give it 16/],
  [
    'an assistant without a model',
    [],
    { SUPPORT_CHAT_URL: 'https://a.example/v1' },
    /^SUPPORT_CHAT_URL needs SUPPORT_CHAT_MODEL/,
  ],
  ['mail without a sender', [], { SMTP_URL: 'smtp://a.example' }, /^SMTP_URL needs SMTP_FROM/],
  [
    'a data folder that the kernel owns',
    [],
    { ATTUNE_DATA: '/proc/none' },
    /^ATTUNE_DATA is .*holds no files/,
  ],
  ['a data folder inside a file', [], { ATTUNE_DATA: '/etc/passwd/data' }, /is not a folder/],
  ['two IPv6 addresses', [], { ANNOUNCED_ADDRESS: '2001:db8::1,::1' }, /one address or host name/],
  ['an announced list', [], { ANNOUNCED_ADDRESS: '1.2.3.4, 5.6.7.8' }, /one address or host name/],
]

describe('readSettings', () => {
  it('has a default for everything', () => {
    expect(readSettings([], {})).toMatchObject({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      sfuPort: 4443,
      sfuWorkers: 1,
      announcedAddress: null,
      databaseUrl: null,
      tls: null,
      systemPackages: true,
    })
  })

  it.each(wrong)('refuses %s in one sentence', (_, argv, env, sentence) => {
    const read = (): unknown => readSettings(argv, env)
    expect(read).toThrow(SettingsError)
    expect(read).toThrow(sentence)
    expect(read).not.toThrow(/\n/)
  })

  it('lets the option win over the variable, and takes an empty variable for none', () => {
    expect(readSettings(['--port=4000'], { PORT: '5000' }).port).toBe(4000)
    expect(readSettings([], { PORT: '', DATABASE_URL: '' })).toMatchObject({
      port: 3000,
      databaseUrl: null,
    })
  })

  it('takes IPv6 addresses, in brackets where they stand in an origin', () => {
    const env = { PUBLIC_URL: 'http://[::1]:3000', ANNOUNCED_ADDRESS: '192.0.2.5, [2001:db8::5]' }
    expect(readSettings([], env)).toMatchObject({
      publicUrl: 'http://[::1]:3000',
      announcedAddress: '192.0.2.5, 2001:db8::5',
    })
  })

  it('serves HTTPS under an HTTPS address', () => {
    expect(readSettings(['--https'], {}).publicUrl).toBe('https://localhost:3000')
  })

  it('never repeats a secret', () => {
    for (const env of [{ DATABASE_URL: 'mysql://u:hunter2@x/y' }, { METRICS_TOKEN: 'hunter2' }]) {
      const read = (): unknown => readSettings([], env)
      expect(read).toThrow(SettingsError)
      expect(read).not.toThrow(/hunter2/)
    }
  })

  it('takes every empty variable for none, and a comma too many', () => {
    const names = [
      ['TLS_CERT', 'TLS_KEY', 'TURN_URLS', 'TURN_SECRET', 'METRICS_TOKEN', 'SFU_LISTEN_ADDRESS'],
      ['SFU_TEACHER_ABSENCE', 'SFU_LOG_LEVEL', 'SMTP_URL', 'SMTP_FROM'],
      ['SUPPORT_CHAT_URL', 'SUPPORT_CHAT_MODEL', 'EXPRESSION_MODEL'],
    ].flat()
    const env = Object.fromEntries(names.map((name) => [name, '']))
    expect(readSettings([], env)).toMatchObject({ tls: null })
    readSettings([], { TURN_URLS: 'turn:a.example, ', TURN_SECRET: 's' })
  })

  it('knows the log levels of the media server', () => {
    expect(LOG_LEVELS).toEqual(logLevels)
  })
})

describe('the certificate', () => {
  let folder: string
  const write = (name: string, content: string): string => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'attune-tls-'))
  })

  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it('is taken with its own key', () => {
    const pair = { cert: write('cert.pem', TLS_CERT), key: write('key.pem', TLS_KEY) }
    const { tls, publicUrl } = readSettings([], { TLS_CERT: pair.cert, TLS_KEY: pair.key })
    expect([tls, publicUrl]).toEqual([pair, 'https://localhost:3000'])
  })

  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const key = { format: 'pem', type: 'pkcs8' } as const
  it.each([
    ['words for a certificate', 'words', TLS_KEY, /^TLS_CERT is .* no certificate/],
    ['a key for a certificate', TLS_KEY, TLS_KEY, /^TLS_CERT is .* no certificate/],
    ['a certificate for a key', TLS_CERT, TLS_CERT, /^TLS_KEY is .* no private key/],
    ['an empty key', TLS_CERT, '', /^TLS_KEY is .* no private key/],
    [
      'a key with a passphrase',
      TLS_CERT,
      other.export({ ...key, cipher: 'aes-256-cbc', passphrase: 'x' }).toString(),
      /^TLS_KEY is .* without a passphrase/,
    ],
    ['the key of another', TLS_CERT, other.export(key).toString(), /^TLS_KEY is .* not belong to/],
  ])('is refused in one sentence with %s', (_, certificate, privateKey, sentence) => {
    const env = {
      TLS_CERT: write('wrong-cert.pem', certificate),
      TLS_KEY: write('wrong-key.pem', privateKey),
    }
    const read = (): unknown => readSettings([], env)
    expect(read).toThrow(SettingsError)
    expect(read).toThrow(sentence)
    expect(read).not.toThrow(/\n/)
  })
})

describe('parseArguments', () => {
  it('knows every option of npm start', () => {
    expect(parseArguments(['--https', '--no-system-packages', '--port', '1'])).toMatchObject({
      https: true,
      systemPackages: false,
      port: '1',
    })
  })
})
