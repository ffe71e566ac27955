/**
 * How many tests passed and failed, out of the reports that vitest and Playwright write. A run that
 * wrote none, or that ended badly with no failed test in its report, counts as one failure.
 */
import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod'

export interface Counts {
  readonly passed: number
  readonly failed: number
}

export const NOTHING: Counts = { passed: 0, failed: 0 }

const Vitest = z
  .object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    testResults: z.array(
      z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
    ),
  })
  .transform(({ numPassedTests, numFailedTests, testResults }): Counts => {
    // A file that could not even be loaded has no test that failed.
    const unloaded = testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
    )
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
  })

const Playwright = z
  .object({
    stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
    errors: z.array(z.unknown()).default([]),
  })
  .transform(({ stats, errors }): Counts => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
  }))

/** The counts of a check; `file` is its report, `good` whether it ended with status 0. */
export function countsOf(
  kind: 'vitest' | 'playwright' | null,
  file: string | null,
  good: boolean,
): Counts {
  if (kind === null || file === null)
    return good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const counts = (kind === 'vitest' ? Vitest : Playwright).parse(report)
  return good || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}
