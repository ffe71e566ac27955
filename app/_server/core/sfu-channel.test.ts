import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importSPKI, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { COMMAND_AUDIENCE, commandClaimsSchema } from '../../../sfu/protocol/ticket.ts'
import { systemRandomness } from './clock.ts'
import type { Log } from './log.ts'
import { readSecrets } from './secrets.ts'
import { createSfuChannel, type SfuChannel } from './sfu-channel.ts'

const NOW = Date.UTC(2026, 8, 1, 8)
const CLASS = '0b9c5c1e-7c68-4a5e-9a3e-2f9d0a1b2c3d'

describe('the channel to the media server', () => {
  let folder: string
  let publicKey: string
  let server: Server | undefined
  let channel: SfuChannel
  const warned: string[] = []
  const log: Log = {
    warn: (event) => {
      warned.push(event)
    },
    error: (event) => {
      warned.push(event)
    },
  }

  beforeEach(async () => {
    warned.length = 0
    folder = mkdtempSync(join(tmpdir(), 'attune-channel-'))
    const pair = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    publicKey = pair.publicKey
    writeFileSync(join(folder, 'ticket-private.pem'), pair.privateKey)
    writeFileSync(join(folder, 'auth-secret'), `${'a'.repeat(43)}\n`)
    writeFileSync(join(folder, 'salt-secret'), `${'b'.repeat(43)}\n`)
    writeFileSync(join(folder, 'set-up-code'), 'ABCD-EFGH-JKLM\n')
    const { ticketKey: key, setUpCode } = await readSecrets(folder)
    expect(setUpCode).toBe('ABCD-EFGH-JKLM')
    const target = join(folder, 'sfu.sock')
    const clock = { now: () => NOW }
    channel = createSfuChannel({ target, key, clock, random: systemRandomness, log })
  })

  afterEach(async () => {
    const running = server
    if (running !== undefined) await new Promise((resolve) => running.close(resolve))
    server = undefined
    rmSync(folder, { recursive: true })
  })

  const listen = (listener: RequestListener): Promise<void> =>
    new Promise((resolve) => {
      server = createServer(listener).listen(join(folder, 'sfu.sock'), resolve)
    })

  it('signs each command anew, for the media server alone', async () => {
    const bodies: string[] = []
    await listen((request, response) => {
      request.setEncoding('utf8')
      request.on('data', (text: string) => bodies.push(text))
      request.on('end', () => response.end('{}'))
    })
    expect(await channel.command({ cmd: 'end-class', cls: CLASS })).toBe(true)
    expect(await channel.command({ cmd: 'end-class', cls: CLASS })).toBe(true)
    const key = await importSPKI(publicKey, 'EdDSA')
    const ids = new Set<string>()
    for (const body of bodies) {
      const { payload } = await jwtVerify(body, key, {
        audience: COMMAND_AUDIENCE,
        currentDate: new Date(NOW),
      })
      const claims = commandClaimsSchema.parse(payload)
      expect(claims).toMatchObject({ cmd: 'end-class', cls: CLASS })
      ids.add(claims.jti)
    }
    expect(ids.size).toBe(2)
  })

  it('takes a silent, refusing or senseless media server for one that says nothing', async () => {
    expect(await channel.classes()).toBeNull()
    expect(await channel.healthy()).toBe(false)
    expect(await channel.command({ cmd: 'revoke', cls: CLASS, sub: CLASS })).toBe(false)
    let answer = '<html>'
    let status = 200
    await listen((_request, response) => {
      response.writeHead(status).end(answer)
    })
    expect(await channel.classes()).toBeNull()
    answer = '{"classes":[{"id":"x"}]}'
    expect(await channel.classes()).toBeNull()
    answer = '{"classes":[]}'
    expect(await channel.classes()).toEqual({ classes: [] })
    status = 503
    expect(await channel.classes()).toBeNull()
    expect(warned.length).toBeGreaterThan(4)
  })

  it('wants secrets that are worth the name', async () => {
    writeFileSync(join(folder, 'auth-secret'), 'short')
    await expect(readSecrets(folder)).rejects.toThrow('auth-secret')
  })
})
