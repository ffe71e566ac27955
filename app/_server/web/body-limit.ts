/**
 * Refuses bodies that no handler could want, before anything reads them. Browsers always send a
 * length with the bodies that this site's pages make, so one without is refused too.
 */
import type { IncomingMessage } from 'node:http'

/** Largest body in bytes: a chunk of readings of the largest class fits several times. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024

/** The status to refuse `request` with, or null when its body, if any, may be read. */
export function refusedBody(request: Pick<IncomingMessage, 'headers'>): 411 | 413 | null {
  const length = request.headers['content-length']
  if (length !== undefined) return Number(length) > MAX_BODY_BYTES ? 413 : null
  return request.headers['transfer-encoding'] === undefined ? null : 411
}
