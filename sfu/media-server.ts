/**
 * Puts the media server together from its settings: workers, classes, tickets, signalling. Tests
 * start the same thing with a clock and ports of their own.
 */
import { ClassRegistry } from './class/class-registry.ts'
import type { Clock, Randomness } from './clock.ts'
import { type Config, ConfigError } from './config.ts'
import type { Logger } from './log.ts'
import { iceServers } from './media/ice-servers.ts'
import type { Interfaces } from './media/listen-addresses.ts'
import { WorkerPool } from './media/worker-pool.ts'
import { SfuMetrics } from './metrics.ts'
import { Stamps } from './stamps.ts'
import { SignalingServer } from './signaling/server.ts'
import { TicketChecker } from './signaling/tickets.ts'

export interface MediaServerOptions {
  config: Config
  timing: Timing
  clock: Clock
  randomness: Randomness
  log: Logger
  interfaces: Interfaces
}

export interface MediaServer {
  pool: WorkerPool
  registry: ClassRegistry
  signaling: SignalingServer
  close: () => Promise<void>
}

/** In milliseconds. */
export interface Timing {
  /** How long a membership outlives its connection. */
  gracePeriod: number
  /** Between two looks for a sign of life from each browser. */
  heartbeat: number
}

export const standardTiming: Timing = {
  gracePeriod: 30_000,
  heartbeat: 10_000,
}

/**
 * Starts the media server.
 *
 * @throws {ConfigError} or {MediaPortError} with a sentence for the person who starts it
 */
export async function startMediaServer(options: MediaServerOptions): Promise<MediaServer> {
  const { config, timing, clock, randomness, log, interfaces } = options
  const tickets = await checker(config, clock)
  const pool = await WorkerPool.start({ ...config, interfaces, clock, log })
  const registry = new ClassRegistry({
    pool,
    clock,
    randomness,
    log,
    stamps: new Stamps(
      config.stampKey === null ? Buffer.from(randomness.bytes(32)) : Buffer.from(config.stampKey),
    ),
    gracePeriod: timing.gracePeriod,
    teacherAbsenceLimit: config.teacherAbsenceLimit,
  })
  const metrics = new SfuMetrics()
  const onRefused = (code: string): void => {
    metrics.refused(code)
  }
  const services = {
    registry,
    tickets,
    clock,
    log,
    iceServers: () => iceServers(config.turn, { clock, randomness }),
  }
  try {
    const signaling = await SignalingServer.open({
      internal: config.internal,
      node: config.node,
      origin: config.audience,
      dispatcher: { services, log, onRefused },
      internalServices: { registry, tickets, pool, metrics, node: config.node, log },
      heartbeat: timing.heartbeat,
      clock,
      log,
    })
    const close = async (): Promise<void> => {
      metrics.close()
      await signaling.close()
      pool.close()
    }
    return { pool, registry, signaling, close }
  } catch (error) {
    pool.close()
    throw error
  }
}

async function checker(config: Config, clock: Clock): Promise<TicketChecker> {
  const { ticketPublicKey: publicKey, audience, node } = config
  try {
    return await TicketChecker.create({ publicKey, audience, node, clock })
  } catch (error) {
    throw new ConfigError('SFU_TICKET_PUBLIC_KEY holds no Ed25519 public key (PEM).', {
      cause: error,
    })
  }
}
