/**
 * `npm test`: prepares what the tests need, runs every check, and ends with `N passed, N failed`.
 *
 *   npm test                    everything
 *   npm test -- unit types      only the checks that are named
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './service.ts'
import { buildClient, buildPages } from './setup/build.ts'
import { ensureBrowser } from './setup/browser.ts'
import { ensureWorker } from './setup/mediasoup-worker.ts'
import { prepareModelFiles } from './setup/model-files.ts'
import { createProgress } from './setup/progress.ts'
import { messageOf, SetupError } from './setup/setup-error.ts'
import { onEndOfRun } from './supervisor/end-of-run.ts'
import { type Check, checks } from './testing/checks.ts'
import { countsOf, type Counts, NOTHING } from './testing/counts.ts'
import { runShown, stopShown } from './testing/run-shown.ts'

const RESULTS = join(ROOT, 'test-results')

function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed }
}

/** Runs one check; what it counted, or one for the check as a whole. */
async function runCheck(check: Check): Promise<Counts> {
  const began = performance.now()
  console.log(`\n── ${check.name}`)
  const results = check.report === null ? null : join(RESULTS, check.report.file)
  if (results !== null) rmSync(results, { force: true })
  let status: number | null = 0
  for (const [program = '', ...words] of check.commands) {
    status = await runShown(join(ROOT, 'node_modules/.bin', program), words, ROOT)
    if (status !== 0) break
  }
  const counts = countsOf(check.report?.kind ?? null, results, status === 0)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(
    `── ${check.name}: ${String(counts.passed)} passed, ${String(counts.failed)} failed (${seconds} s)`,
  )
  return counts
}

async function main(names: readonly string[]): Promise<Counts> {
  const unknown = names.find((name) => !checks.some((check) => check.name === name))
  if (unknown !== undefined) {
    const known = checks.map((check) => check.name).join(', ')
    throw new SetupError('bad-argument', `There is no check ${unknown}; there are: ${known}`)
  }
  const chosen = checks.filter((check) => names.length === 0 || names.includes(check.name))
  const progress = createProgress()
  mkdirSync(RESULTS, { recursive: true })
  const needs = new Set(chosen.flatMap((check) => check.needs))
  const policy = { mayInstall: true }
  if (needs.has('client')) await buildClient(ROOT, progress)
  if (needs.has('models')) prepareModelFiles(ROOT, progress)
  if (needs.has('worker')) await ensureWorker({ env: process.env, progress, ...policy })
  if (needs.has('browser')) process.env['CHROMIUM'] = await ensureBrowser(policy, progress)
  let total = NOTHING
  for (const check of chosen) {
    // The pages are built as late as can be: most faults show earlier.
    if (check.needs.includes('pages')) await buildPages(ROOT, progress)
    total = add(total, await runCheck(check))
  }
  return total
}

onEndOfRun(() => {
  stopShown()
  return Promise.resolve()
})

const total = await main(process.argv.slice(2)).catch((error: unknown): Counts => {
  console.error(error instanceof SetupError ? `attune: ${messageOf(error)}` : error)
  return { passed: 0, failed: 1 }
})
console.log(`\n${String(total.passed)} passed, ${String(total.failed)} failed`)
process.exit(total.failed === 0 ? 0 : 1)
