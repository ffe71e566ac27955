import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'attune-config-'))
const key = join(folder, 'key.pem')
writeFileSync(key, 'PEM')
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const enough = {
  SFU_INTERNAL: '/run/attune/sfu.sock',
  SFU_TICKET_PUBLIC_KEY: key,
  SFU_AUDIENCE: 'http://localhost:3000',
}

test('what may be left out has a default, and an empty variable counts as left out', () => {
  expect(readConfig({ ...enough, ANNOUNCED_ADDRESS: '', SFU_PORT: '' })).toEqual({
    internal: { path: '/run/attune/sfu.sock' },
    node: 'local',
    mediaPort: 4443,
    workers: 1,
    announcedAddresses: [],
    listenAddress: null,
    ticketPublicKey: 'PEM',
    stampKey: null,
    audience: 'http://localhost:3000',
    workerBin: null,
    turn: null,
    teacherAbsenceLimit: 600_000,
    logLevel: 'info',
  })
})

test('all that is set is taken over', () => {
  const config = readConfig({
    ...enough,
    SFU_INTERNAL: '127.0.0.1:4500',
    SFU_WORKERS: '4',
    SFU_AUDIENCE: 'https://school.example/',
    ANNOUNCED_ADDRESS: 'media.school.example, [2001:db8::9]',
    TURN_URLS: 'turn:turn.example:3478, turns:turn.example:5349,',
    TURN_SECRET: 'secret',
    SFU_TEACHER_ABSENCE: '1800',
  })
  expect(config.internal).toEqual({ host: '127.0.0.1', port: 4500 })
  expect(config.workers).toBe(4)
  expect(config.audience).toBe('https://school.example')
  expect(config.announcedAddresses).toEqual(['media.school.example', '2001:db8::9'])
  expect(config.turn).toEqual({
    urls: ['turn:turn.example:3478', 'turns:turn.example:5349'],
    secret: 'secret',
  })
  expect(config.teacherAbsenceLimit).toBe(1_800_000)
})

test.each([
  ['SFU_INTERNAL', { SFU_INTERNAL: '0.0.0.0:80' }],
  ['SFU_INTERNAL', { SFU_INTERNAL: undefined }],
  ['SFU_PORT', { SFU_PORT: '65536' }],
  ['SFU_PORT', { SFU_PORT: 'media' }],
  ['SFU_WORKERS', { SFU_WORKERS: '0' }],
  ['SFU_PORT and SFU_WORKERS', { SFU_PORT: '65535', SFU_WORKERS: '2' }],
  ['ANNOUNCED_ADDRESS', { ANNOUNCED_ADDRESS: '192.0.2.1, 192.0.2.2' }],
  ['ANNOUNCED_ADDRESS', { ANNOUNCED_ADDRESS: '2001:db8::1, 2001:db8::2' }],
  ['SFU_LISTEN_ADDRESS', { SFU_LISTEN_ADDRESS: 'here' }],
  ['SFU_TICKET_PUBLIC_KEY', { SFU_TICKET_PUBLIC_KEY: join(folder, 'none.pem') }],
  ['SFU_AUDIENCE', { SFU_AUDIENCE: 'localhost' }],
  ['MEDIASOUP_WORKER_BIN', { MEDIASOUP_WORKER_BIN: join(folder, 'none') }],
  ['TURN_URLS and TURN_SECRET', { TURN_URLS: 'turn:turn.example' }],
  ['TURN_URLS', { TURN_URLS: 'http://turn.example', TURN_SECRET: 'secret' }],
  ['TURN_URLS', { TURN_URLS: ',', TURN_SECRET: 'secret' }],
  ['SFU_TEACHER_ABSENCE', { SFU_TEACHER_ABSENCE: '9' }],
  ['SFU_TEACHER_ABSENCE', { SFU_TEACHER_ABSENCE: 'ten minutes' }],
  ['SFU_LOG_LEVEL', { SFU_LOG_LEVEL: 'loud' }],
])('a wrong %s is named in one sentence: %o', (name, change) => {
  const read = () => readConfig({ ...enough, ...change })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(new RegExp(`^${name}[^\\n]*\\.$`))
})
