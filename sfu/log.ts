/**
 * Structured log lines of the media server. A line may name a class, a method, a code and numbers;
 * it must never hold a name, an account, a member, an address, a ticket or a message's content.
 */
import { type DestinationStream, type Logger, pino } from 'pino'

export type { Logger }

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/**
 * A logger that writes JSON lines.
 *
 * @param level the least severe level that is written
 * @param destination where lines go; standard output if not given
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = { level, base: { process: 'sfu' }, serializers: { err: describeError } }
  return destination === undefined ? pino(options) : pino(options, destination)
}

/** Error's kind and place, without its message's values where they may come from a browser. */
function describeError(error: unknown): { type: string; stack?: string } {
  if (!(error instanceof Error)) return { type: typeof error }
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    ...(frames !== undefined && { stack: frames.slice(0, 8).join('\n') }),
  }
}
