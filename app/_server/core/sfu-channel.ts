/**
 * Web's side of the internal channel to the media server: signed commands, the list of live classes,
 * health. Nothing here may depend on an answer: silence ends nothing.
 */
import { request } from 'node:http'
import { SignJWT, type CryptoKey } from 'jose'
import type { z } from 'zod'
import {
  COMMAND_AUDIENCE,
  internalClassesSchema,
  TICKET_ALGORITHM,
  TICKET_ISSUER,
  TICKET_LIFE_SECONDS,
  type commandClaimsSchema,
  type InternalClasses,
} from '../../../sfu/protocol/ticket.ts'
import { internalLoadSchema, type InternalLoad } from '../../../sfu/protocol/load.ts'
import type { Clock, Randomness } from './clock.ts'
import type { Log } from './log.ts'

type WithoutRegistered<T> = T extends unknown
  ? Omit<T, 'iss' | 'aud' | 'jti' | 'iat' | 'exp'>
  : never
/** A command with plain ids. */
export type SfuCommand = WithoutRegistered<z.input<typeof commandClaimsSchema>>

export interface SfuChannel {
  /** Sends a command; false (and a line in the log) when the media server did not take it. */
  command(command: SfuCommand): Promise<boolean>
  /** Null when the media server does not answer. */
  classes(): Promise<InternalClasses | null>
  healthy(): Promise<boolean>
  /** How busy it is; null when it does not answer. */
  load(): Promise<InternalLoad | null>
}

export interface SfuChannelOptions {
  /** Socket path, or `host:port`. */
  readonly target: string
  readonly key: CryptoKey
  readonly clock: Clock
  readonly random: Randomness
  readonly log: Log
}

const TIMEOUT_MS = 3_000
const LARGEST_ANSWER = 4 * 1024 * 1024

export function createSfuChannel(options: SfuChannelOptions): SfuChannel {
  const { target, key, clock, random, log } = options

  const ask = async (method: string, path: string, body?: string): Promise<string | null> => {
    try {
      return await exchange(target, method, path, body)
    } catch (error) {
      log.warn('sfu-silent', { path, error: error instanceof Error ? error.name : 'unknown' })
      return null
    }
  }

  return {
    async command(command) {
      const issued = Math.floor(clock.now() / 1000)
      const token = await new SignJWT({ ...command })
        .setProtectedHeader({ alg: TICKET_ALGORITHM })
        .setIssuer(TICKET_ISSUER)
        .setAudience(COMMAND_AUDIENCE)
        .setJti(random.uuid())
        .setIssuedAt(issued)
        .setExpirationTime(issued + TICKET_LIFE_SECONDS)
        .sign(key)
      return (await ask('POST', '/internal/command', token)) !== null
    },
    async classes() {
      const text = await ask('GET', '/internal/classes')
      if (text === null) return null
      const parsed = internalClassesSchema.safeParse(parseJson(text))
      if (parsed.success) return parsed.data
      log.warn('sfu-answer-unknown', { path: '/internal/classes' })
      return null
    },
    async load() {
      const text = await ask('GET', '/internal/load')
      if (text === null) return null
      const parsed = internalLoadSchema.safeParse(parseJson(text))
      if (parsed.success) return parsed.data
      log.warn('sfu-answer-unknown', { path: '/internal/load' })
      return null
    },
    async healthy() {
      return (await ask('GET', '/internal/health')) !== null
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One request to the internal listener; rejects on anything but a status of 200–299. */
export function exchange(
  target: string,
  method: string,
  path: string,
  body?: string,
): Promise<string> {
  const place = /^(?<host>\[[^\]]+\]|[^/:]+):(?<port>\d+)$/.exec(target)?.groups
  const where =
    place === undefined
      ? { socketPath: target }
      : { host: (place['host'] ?? '').replace(/^\[|\]$/g, ''), port: Number(place['port']) }
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/jwt' }
    const outgoing = request({ ...where, method, path, headers, timeout: TIMEOUT_MS }, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > LARGEST_ANSWER) outgoing.destroy(new RangeError('answer too large'))
        else chunks.push(chunk)
      })
      answer.on('end', () => {
        const status = answer.statusCode ?? 0
        if (status >= 200 && status < 300) resolve(Buffer.concat(chunks).toString('utf8'))
        else reject(new RangeError(`status ${status}`))
      })
      answer.on('error', reject)
    })
    outgoing.on('timeout', () => outgoing.destroy(new RangeError('timeout')))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
