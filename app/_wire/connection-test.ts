/**
 * The connection test: two tickets to a place of one's own on the media server, where nobody else is.
 */
import * as z from 'zod'
import { nothing } from './primitives.ts'
import type { Route } from './routes.ts'

const connectionTestAnswer = z.object({
  /** For the two ends of the test. */
  tickets: z.tuple([z.string(), z.string()]),
  signalingUrl: z.string(),
})

export const connectionTestRoutes = {
  connectionTest: {
    method: 'POST',
    path: '/api/connection-test',
    body: nothing,
    answer: connectionTestAnswer,
  },
} as const satisfies Record<string, Route>
