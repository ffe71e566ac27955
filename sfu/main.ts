/**
 * The media server's process: reads the settings, starts, and ends cleanly on a signal. A failure to
 * start is one sentence and a non-zero exit; a fault while running ends the process, for the
 * supervisor to start it anew.
 */
import { networkInterfaces } from 'node:os'
import { systemClock, systemRandomness } from './clock.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { createLogger, type Logger } from './log.ts'
import { type MediaServer, standardTiming, startMediaServer } from './media-server.ts'
import { checkReach, reportReach } from './media/reach-check.ts'
import { usableInterfaces } from './media/listen-addresses.ts'
import { MediaPortError } from './media/worker-pool.ts'

try {
  await run()
} catch (error) {
  const known = error instanceof ConfigError || error instanceof MediaPortError
  console.error(known ? error.message : error)
  process.exit(1)
}

async function run(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLogger(config.logLevel)
  const server = await startMediaServer({
    config,
    timing: standardTiming,
    clock: systemClock,
    randomness: systemRandomness,
    log,
    interfaces: await usableInterfaces(networkInterfaces()),
  })
  log.info({ node: config.node, mediaPort: config.mediaPort, workers: config.workers }, 'ready')

  lookAround(server, config, log)

  const stop = (): void => {
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'not closed cleanly')
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'fault')
    process.exit(1)
  })
}

/** Sees, beside all else, whether the announced addresses lead here. */
function lookAround({ pool }: MediaServer, config: Config, log: Logger): void {
  const { announcedAddresses, mediaPort: port } = config
  const own = new Set(
    Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address)),
  )
  for (const announcedAddress of announcedAddresses) {
    checkReach({ pool, announcedAddress, port }).then(
      (reach) => {
        reportReach(reach, { announcedAddress, port }, { own, log })
      },
      (error: unknown) => {
        log.warn({ err: error }, 'the announced address was not checked')
      },
    )
  }
}
