/**
 * Limits on attempts, kept in the database so that a restart or a second process does not lift them.
 * Names are keyed hashes: the table tells neither addresses of people nor of networks.
 */
import { keyedHash } from './bytes.ts'
import type { ServerContext } from './context.ts'
import { Refusal } from './refusal.ts'

interface Window {
  /** Attempts in one window. */
  readonly limit: number
  readonly windowMs: number
}

const MINUTE_MS = 60_000
/** Generous: a whole class sits behind one address. */
export const addressLimits = {
  'sign-up': { limit: 300, windowMs: 60 * MINUTE_MS },
  salt: { limit: 1200, windowMs: 10 * MINUTE_MS },
  'sign-in': { limit: 1200, windowMs: 10 * MINUTE_MS },
  'guest-ticket': { limit: 1200, windowMs: 10 * MINUTE_MS },
  /** By account. */
  'connection-test': { limit: 30, windowMs: 10 * MINUTE_MS },
  'support-chat': { limit: 40, windowMs: 10 * MINUTE_MS },
  invite: { limit: 1200, windowMs: 10 * MINUTE_MS },
} as const satisfies Record<string, Window>

/** Failures without a delay, then the delay doubles from a second up to a quarter of an hour. */
export const FREE_FAILURES = 10
const LONGEST_DELAY_S = 900
/** Failures older than this are forgotten. */
export const FAILURE_MEMORY_MS = 24 * 60 * MINUTE_MS

/** Seconds to wait after this many failures in a row. */
export function delaySeconds(failures: number): number {
  if (failures < FREE_FAILURES) return 0
  return Math.min(2 ** (failures - FREE_FAILURES), LONGEST_DELAY_S)
}

/**
 * Counts one attempt of an address.
 * @throws Refusal `too-many-requests`
 */
export async function limitAddress(
  context: ServerContext,
  what: keyof typeof addressLimits,
  address: string,
): Promise<void> {
  const { limit, windowMs } = addressLimits[what]
  const key = keyedHash(context.secrets.auth, 'attune/limit-address', what, address)
  const now = context.clock.now()
  const start = new Date(now)
  const oldest = new Date(now - windowMs)
  const rows = await context.db.$queryRaw<{ count: number; windowStart: Date }[]>`
    INSERT INTO "Attempts" AS a ("key", "count", "windowStart", "blockedUntil")
    VALUES (${key}, 1, ${start}, ${start})
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN a."windowStart" <= ${oldest} THEN 1 ELSE a."count" + 1 END,
      "windowStart" = CASE WHEN a."windowStart" <= ${oldest} THEN ${start} ELSE a."windowStart" END
    RETURNING "count", "windowStart"`
  const row = rows[0]
  if (row === undefined || row.count <= limit) return
  const wait = Math.ceil((row.windowStart.getTime() + windowMs - now) / 1000)
  throw new Refusal('too-many-requests', Math.max(1, wait))
}

/** An attempt at an account's secret that was counted as a failure until it succeeds. */
export interface Attempt {
  succeeded(): Promise<void>
}

/**
 * Counts a failure in advance, so that attempts side by side cannot slip under the limit.
 * @param subject the account's address, known to the school or not
 * @throws Refusal `sign-in-delayed`
 */
export async function attemptSecret(context: ServerContext, subject: string): Promise<Attempt> {
  const key = keyedHash(context.secrets.auth, 'attune/limit-account', subject)
  const now = new Date(context.clock.now())
  const oldest = new Date(context.clock.now() - FAILURE_MEMORY_MS)
  const rows = await context.db.$queryRaw<{ count: number }[]>`
    INSERT INTO "Attempts" AS a ("key", "count", "windowStart", "blockedUntil")
    VALUES (${key}, 1, ${now}, ${now})
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN a."windowStart" <= ${oldest} THEN 1 ELSE a."count" + 1 END,
      "windowStart" = ${now},
      "blockedUntil" = ${now}::timestamptz + make_interval(secs =>
        CASE WHEN a."windowStart" <= ${oldest} OR a."count" + 1 < ${FREE_FAILURES} THEN 0
        ELSE least(power(2, least(a."count" + 1 - ${FREE_FAILURES}, 20)), ${LONGEST_DELAY_S}) END)
    WHERE a."blockedUntil" <= ${now}
    RETURNING "count"`
  if (rows.length === 0) {
    const row = await context.db.attempts.findUnique({ where: { key } })
    const wait = ((row?.blockedUntil.getTime() ?? 0) - now.getTime()) / 1000
    throw new Refusal('sign-in-delayed', Math.max(1, Math.ceil(wait)))
  }
  return {
    async succeeded() {
      await context.db.attempts.deleteMany({ where: { key } })
    },
  }
}
