/**
 * A school of its own for a test or a measurement: the whole service on free ports with an empty database, started by
 * what `npm start` runs. It must never leave a process or a folder behind.
 */
import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createService, ROOT } from '../../bin/service.ts'
import { createProgress } from '../../bin/setup/progress.ts'
import { readSettings } from '../../bin/setup/settings.mjs'

/** The service, running. */
export interface School {
  /** Origin of the service. */
  readonly url: string
  readonly databaseUrl: string
  /** Everything that web, sfu and database have printed so far. */
  log(): string
  /** The whole database as SQL. */
  dump(): Promise<string>
}

/** A TCP port that is free, for UDP too, at the time of asking. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const socket = createSocket('udp4')
  socket.bind(port, '127.0.0.1')
  await once(socket, 'listening')
  await new Promise<void>((done) => {
    socket.close(done)
  })
  await new Promise((done) => server.close(done))
  return port
}

/** A school that its opener closes. */
export interface OpenSchool extends School {
  close(): Promise<void>
}

/** Opens a school with nobody in it. */
export async function openSchool(): Promise<OpenSchool> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-e2e-'))
  // The database's own user has to pass through.
  await chmod(folder, 0o711)
  const env = {
    ...process.env,
    PORT: String(await freePort()),
    SFU_PORT: String(await freePort()),
    ANNOUNCED_ADDRESS: '127.0.0.1',
    ATTUNE_DATA: folder,
  }
  const lines: string[] = []
  const service = createService({
    settings: readSettings([], env),
    env,
    progress: createProgress(),
    onLine: (line) => lines.push(line),
  })
  const close = async (): Promise<void> => {
    await service.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const { publicUrl, databaseUrl } = await service.start()
    return {
      url: publicUrl,
      databaseUrl,
      log: () => lines.join('\n'),
      dump: async () => {
        const dumpEnv = { ...env, DATABASE_URL: databaseUrl }
        const options = { cwd: ROOT, env: dumpEnv, maxBuffer: 256 * 1024 * 1024 }
        const { stdout } = await promisify(execFile)(
          'node',
          ['bin/run.mjs', 'bin/db-dump.ts'],
          options,
        )
        return stdout
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
