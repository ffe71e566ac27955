import { describe, expect, it } from 'vitest'
import { parseArguments, readSettings, SettingsError } from './settings.mjs'

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
  ['a wrong TURN address', [], { TURN_URLS: 'a.example' }, /^TURN_URLS holds "a.example"/],
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
    const read = (): unknown => readSettings([], { DATABASE_URL: 'mysql://u:hunter2@x/y' })
    expect(read).not.toThrow(/hunter2/)
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
