/**
 * The embedded database as a process: under supervision for the service, or for as long as a command
 * needs it. Nothing of it outlives either.
 */
import { ManagedProcess } from '../supervisor/managed-process.ts'
import { type Cluster, startPostgres, stopLeftover } from './cluster.ts'

/** The server's process, not started yet. `note` hears what becomes of it, `onLine` what it says. */
export function manageCluster(
  cluster: Cluster,
  note: (text: string) => void,
  onLine: (line: string) => void,
): ManagedProcess {
  const start = (ready: () => void) => startPostgres(cluster, ready, onLine)
  return new ManagedProcess({ name: 'database', start, stopSignal: 'SIGINT' }, note)
}

/** Runs `use` with the server, started for it; the data folder must be locked. */
export async function withCluster(
  cluster: Cluster,
  use: (url: string) => Promise<void>,
): Promise<void> {
  await stopLeftover(cluster)
  const said: string[] = []
  const database = manageCluster(cluster, console.error, (line) => said.push(line))
  try {
    await database.start().catch((error: unknown) => {
      // Of no interest but when it does not come up.
      console.error(said.join('\n'))
      throw error
    })
    await use(cluster.url)
  } finally {
    await database.stop()
  }
}
