/**
 * The engine of a browser, without its media, against real processes of the media server that are
 * killed and started anew: what a class has agreed on stands afterwards as before.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { JWTPayload } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { systemClock } from '../../../sfu/clock.ts'
import { SignalingClient } from '../../../sfu/testing/signaling-client.ts'
import {
  AUDIENCE,
  createTicketIssuer,
  type TicketIssuer,
} from '../../../sfu/testing/ticket-issuer.ts'
import { Call } from '../call.ts'
import { LocalMedia } from '../devices/local-media.ts'
import { Moderation } from '../moderation/moderation.ts'
import { ScreenShare } from '../screen/screen-share.ts'
import type { OpenSocket } from '../signaling/socket.ts'
import { Talk } from '../talk/talk.ts'
import { Recovery } from './recovery.ts'

const MAIN = fileURLToPath(new URL('../../../sfu/main.ts', import.meta.url))
/** Generous: processes start slowly on a busy machine. */
const PATIENCE = { timeout: 90_000, interval: 50 }

let folder: string
let socketPath: string
let issuer: TicketIssuer
let server: ChildProcess
let mediaPort = 14_380
const ends: (() => Promise<void>)[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'attune-restart-'))
  socketPath = join(folder, 'sfu.sock')
  issuer = await createTicketIssuer(systemClock)
  writeFileSync(join(folder, 'key.pem'), issuer.publicKey)
  writeFileSync(join(folder, 'stamp'), randomUUID())
  server = start()
  await isReady(server)
}, 90_000)

afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()))
  server.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** Starts a media server as the supervisor does, at the place of the one before. */
function start(): ChildProcess {
  rmSync(socketPath, { force: true })
  // A killed one's worker needs a moment to let go of its port.
  mediaPort += 1
  return spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      SFU_INTERNAL: socketPath,
      SFU_PORT: String(mediaPort),
      SFU_LISTEN_ADDRESS: '127.0.0.1',
      SFU_TICKET_PUBLIC_KEY: join(folder, 'key.pem'),
      SFU_STAMP_KEY: join(folder, 'stamp'),
      SFU_AUDIENCE: AUDIENCE,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

/** Waits until it says that it serves. */
async function isReady({ stdout }: ChildProcess): Promise<void> {
  await new Promise<void>((resolve) => {
    stdout?.on('data', (data: Buffer) => {
      if (data.includes('"ready"')) resolve()
    })
  })
}

function killAndRestart(): void {
  server.kill('SIGKILL')
  server = start()
}

const addressOf = (): string => `ws+unix:${socketPath}:/signaling/local`

const openSocket: OpenSocket = (_url, events) => {
  const socket = new WebSocket(addressOf())
  socket.on('open', () => {
    events.opened()
  })
  socket.on('message', (data: Buffer) => {
    events.message(data.toString('utf8'))
  })
  socket.on('close', (code) => {
    events.closed(code)
  })
  // `close` follows and says as much.
  socket.on('error', () => undefined)
  return {
    send: (text) => {
      socket.send(text)
    },
    close: (code) => {
      socket.close(code)
    },
  }
}

/** A person at a browser that has everything but media. */
function visit(claims: JWTPayload) {
  const localMedia = new LocalMedia({ devices: undefined })
  const screen = new ScreenShare({ devices: undefined, origin: 'x', handle: 'x' })
  const fetchTicket = async () => ({ ticket: await issuer.ticket(claims), signalingUrl: '/' })
  const call = new Call({ fetchTicket, localMedia, screen, openSocket })
  const recovery = new Recovery({ call })
  const talk = new Talk({ call })
  const moderation = new Moderation({ call, localMedia, screen })
  recovery.watch(talk, moderation)
  call.join()
  ends.push(() => call.leave())
  const texts = () => talk.state.getState().chat.map(({ text }) => text)
  const hearts = () =>
    talk.state
      .getState()
      .chat[0]?.reactions.flatMap(({ accountIds }) => accountIds)
      .toSorted()
  const names = () => call.state.getState().people.map(({ name }) => name)
  return { call, talk, moderation, texts, hearts, names, id: () => call.state.getState().selfId }
}

test('after the media server was killed a class stands as before, by what its browsers hold', async () => {
  const cls = randomUUID()
  const who = {
    tara: { cls, sub: randomUUID(), role: 'teacher', name: 'Tara' },
    sam: { cls, sub: randomUUID(), name: 'Sam' },
    noa: { cls, sub: randomUUID(), name: 'Noa' },
  } as const
  const tara = visit(who.tara)
  const sam = visit(who.sam)
  const noa = visit(who.noa)
  await expect.poll(() => tara.names().toSorted(), PATIENCE).toEqual(['Noa', 'Sam', 'Tara'])
  await expect.poll(noa.id, PATIENCE).not.toBeNull()
  await noa.talk.setHand(true)
  await sam.talk.setHand(true)
  await sam.talk.send('first', 'all', null)
  await noa.talk.send('only for Tara', 'teachers', null)
  await tara.talk.send('last', 'all', null)
  await tara.moderation.setRules({
    locked: true,
    permissions: { screen: false },
    restHiddenVideo: true,
  })
  const samsId = sam.id()
  if (samsId === null) throw new Error('Sam is not in')
  tara.talk.setPin({ memberId: samsId, source: 'camera' })
  await expect.poll(() => tara.talk.state.getState().hands, PATIENCE).toHaveLength(2)
  await expect.poll(() => sam.texts(), PATIENCE).toEqual(['first', 'last'])
  const [first] = sam.talk.state.getState().chat
  if (first === undefined) throw new Error('nothing was said')
  for (const one of [sam, noa]) await one.talk.mark(first.id, 'heart', true)
  const lovers = [who.sam.sub, who.noa.sub].toSorted()
  await expect.poll(tara.hearts, PATIENCE).toEqual(lovers)

  killAndRestart()

  await expect.poll(sam.id, PATIENCE).not.toBe(samsId)
  await expect.poll(() => tara.names().toSorted(), PATIENCE).toEqual(['Noa', 'Sam', 'Tara'])
  // In the order in which they were raised.
  await expect
    .poll(() => tara.talk.state.getState().hands, PATIENCE)
    .toEqual([who.noa.sub, who.sam.sub])
  await expect
    .poll(() => tara.talk.state.getState().pin?.memberId === sam.id(), PATIENCE)
    .toBe(true)
  await expect
    .poll(() => sam.moderation.state.getState().rules, PATIENCE)
    .toMatchObject({ locked: true, permissions: { screen: false }, restHiddenVideo: true })
  expect(tara.texts()).toEqual(['first', 'only for Tara', 'last'])
  expect(sam.texts()).toEqual(['first', 'last'])

  // Whoever comes only now reads what was written before, and nothing private of others.
  const late = await SignalingClient.open(addressOf())
  ends.push(() => {
    late.socket.terminate()
    return Promise.resolve()
  })
  const ticket = await issuer.ticket({ cls, role: 'teacher', name: 'Tom' })
  const { talk } = await late.enter(ticket)
  await expect
    .poll(() => {
      const restored = late.allTold('chatRestored').flatMap(({ messages }) => messages)
      return [...talk.chat, ...restored].map(({ text }) => text).toSorted()
    }, PATIENCE)
    .toEqual(['first', 'last', 'only for Tara'])
  // What each reacted on, whoever gave the message back.
  const tom = visit({ cls, role: 'teacher', name: 'Tom' })
  await expect.poll(tom.hearts, PATIENCE).toEqual(lovers)
  const stranger = await SignalingClient.open(addressOf())
  ends.push(() => {
    stranger.socket.terminate()
    return Promise.resolve()
  })
  expect(await stranger.refused('join', { ticket: await issuer.ticket({ cls }) })).toBe(
    'class-locked',
  )
}, 280_000)
