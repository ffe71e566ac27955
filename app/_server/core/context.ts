/**
 * What every use case works with, handed in so that tests set it: database, clock, randomness,
 * secrets, the channel to the media server. One context a process.
 */
import * as z from 'zod'
import { systemClock, systemRandomness, type Clock, type Randomness } from './clock.ts'
import { openDatabase, type Database } from './database.ts'
import { createLog, type Log } from './log.ts'
import { createMailer, type Mailer } from './mail.ts'
import { readSecrets, type Secrets } from './secrets.ts'
import { createSfuChannel, type SfuChannel } from './sfu-channel.ts'

export interface ServerContext {
  readonly db: Database
  readonly clock: Clock
  readonly random: Randomness
  readonly secrets: Secrets
  readonly sfu: SfuChannel
  /** Null where the school has no SMTP server. */
  readonly mail: Mailer | null
  readonly log: Log
  /** The origin that people type: cookies, origin check, ticket audience. */
  readonly publicUrl: string
  /** Name of the media server that new tickets lead to. */
  readonly sfuNode: string
}

const environment = z.object({
  DATABASE_URL: z.string().min(1),
  ATTUNE_SECRETS: z.string().min(1),
  PUBLIC_URL: z.url().transform((url) => new URL(url).origin),
  SFU_INTERNAL: z.string().min(1),
  SFU_NODE: z.string().min(1).default('local'),
})

async function createContext(env: NodeJS.ProcessEnv): Promise<ServerContext> {
  const parsed = environment.parse(env)
  const secrets = await readSecrets(parsed.ATTUNE_SECRETS)
  const log = createLog()
  const clock = systemClock
  const random = systemRandomness
  return {
    db: openDatabase(parsed.DATABASE_URL),
    clock,
    random,
    secrets,
    sfu: createSfuChannel({
      target: parsed.SFU_INTERNAL,
      key: secrets.ticketKey,
      clock,
      random,
      log,
    }),
    mail: createMailer(env, log),
    log,
    publicUrl: parsed.PUBLIC_URL,
    sfuNode: parsed.SFU_NODE,
  }
}

/** Bundles hold copies of this module; the process has one context. */
const process_ = globalThis as typeof globalThis & {
  attuneServerContext?: Promise<ServerContext> | undefined
}

/** This process' context, made from the environment at the first call. */
export function serverContext(): Promise<ServerContext> {
  process_.attuneServerContext ??= createContext(process.env).catch((error: unknown) => {
    process_.attuneServerContext = undefined
    throw error
  })
  return process_.attuneServerContext
}

/** Puts a test's context in place. */
export function setServerContext(context: ServerContext): void {
  process_.attuneServerContext = Promise.resolve(context)
}
