/**
 * How busy this node is, for the admins' page of health: counts and processor time, no name of a class
 * or a person.
 */
import type { ClassRegistry } from '../class/class-registry.ts'
import type { WorkerPool } from '../media/worker-pool.ts'
import type { InternalLoad } from '../protocol/load.ts'

const MICROSECONDS_A_MILLISECOND = 1000

/** What `GET /internal/load` answers. */
export async function describeLoad(
  node: string,
  registry: ClassRegistry,
  pool: WorkerPool,
): Promise<InternalLoad> {
  const live = registry.describe().classes.filter(({ endedAt }) => endedAt === null)
  const members = live.map(({ members: { teacher, student, guest } }) => teacher + student + guest)
  const { user, system } = process.cpuUsage()
  return {
    node,
    uptimeSeconds: process.uptime(),
    classes: live.length,
    members: members.reduce((sum, count) => sum + count, 0),
    cpuMilliseconds: (user + system) / MICROSECONDS_A_MILLISECOND,
    memoryBytes: process.memoryUsage.rss(),
    workers: await pool.load(),
  }
}
