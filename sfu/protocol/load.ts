/**
 * What `GET /internal/load` answers: how busy a node and each of its workers is. Counters only grow, so
 * that whoever asks twice can tell a rate; nothing in it names a class or a person.
 */
import * as z from 'zod'

export const internalLoadSchema = z.object({
  node: z.string(),
  uptimeSeconds: z.number().min(0),
  classes: z.int().min(0),
  members: z.int().min(0),
  /** Of the node's own process. */
  cpuMilliseconds: z.number().min(0),
  memoryBytes: z.number().min(0),
  workers: z.array(
    z.object({
      port: z.int(),
      /** False while a worker that died is being replaced; the rest is 0 then. */
      running: z.boolean(),
      routers: z.int().min(0),
      /** User and system time since the worker started. */
      cpuMilliseconds: z.number().min(0),
      /** Most memory that it ever held. */
      memoryBytes: z.number().min(0),
    }),
  ),
})
export type InternalLoad = z.infer<typeof internalLoadSchema>
