/**
 * What the web process writes about its own working: codes and places, never bodies, cookies, names,
 * addresses of people or anything that a vault made.
 */
import { pino } from 'pino'

export interface Log {
  warn(event: string, fields?: Readonly<Record<string, string | number>>): void
  error(event: string, error: unknown): void
}

/** Writes JSON lines on standard output. */
export function createLog(): Log {
  const logger = pino({ base: { process: 'web' } })
  return {
    warn: (event, fields = {}) => {
      logger.warn(fields, event)
    },
    error: (event, error) => {
      logger.error(describe(error), event)
    },
  }
}

/** Name, code and stack of an error. Messages stay out: those of a database quote values. */
export function describe(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return { error: error.name, ...code, at: frames.slice(0, 8).join('\n') }
}
