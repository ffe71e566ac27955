import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { systemRandomness } from '../clock.ts'
import { iceServerSchema } from '../protocol/index.ts'
import { ManualClock } from '../testing/manual-clock.ts'
import { iceServers } from './ice-servers.ts'

const parts = { clock: new ManualClock(), randomness: systemRandomness }

test('no TURN server, no credentials', () => {
  expect(iceServers(null, parts)).toEqual([])
})

test('credentials that coturn accepts, that expire, and that name nobody', () => {
  const turn = { urls: ['turn:turn.example:3478'], secret: 'north' }
  const [server, ...rest] = iceServers(turn, parts)
  const { urls, username = '', credential } = iceServerSchema.parse(server)
  expect(rest).toEqual([])
  expect(urls).toEqual(turn.urls)
  expect(credential).toBe(createHmac('sha1', 'north').update(username).digest('base64'))
  const [expiry, nonce] = username.split(':')
  expect(Number(expiry)).toBe(parts.clock.now() / 1_000 + 14_400)
  expect(nonce).toMatch(/^[\w-]{12}$/)
})
