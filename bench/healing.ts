/**
 * `npm run bench -- healing [--times N]`: the faults of e2e/healing.spec.ts over and over, and how long pictures were
 * away after each. It measures what the end-to-end test does, with all that the test expects, and adds nothing.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { ROOT } from '../bin/service.ts'
import { BenchError, type Part } from './report/part.ts'
import { summarize } from './report/statistics.ts'
import { figure } from './report/tables.ts'

const SPEC = 'e2e/healing.spec.ts'
/** What the test notes of each fault: `name: seconds s`. */
const NOTED = /^(.*): ([\d.]+) s$/

const reportSchema = z.object({
  suites: z.array(
    z.object({
      specs: z.array(
        z.object({
          tests: z.array(
            z.object({
              annotations: z.array(
                z.object({ type: z.string(), description: z.string().optional() }),
              ),
              results: z.array(z.object({ status: z.string() })),
            }),
          ),
        }),
      ),
    }),
  ),
})

export const healing: Part = async (context) => {
  const times = context.option('times') ?? (context.quick ? '1' : '10')
  if (!/^[1-9]\d*$/.test(times)) {
    throw new BenchError('bench-option', '--times is a whole number above 0.')
  }
  context.say(`${times} times a dozen faults, some five minutes each`)
  const tests = await runSpec(times)
  const passed = tests.filter(
    ({ results }) => results.length > 0 && results.every(({ status }) => status === 'passed'),
  )
  const seconds = Map.groupBy(
    tests.flatMap(({ annotations }) => annotations.flatMap(noted)),
    ({ fault }) => fault,
  )
  const rows = [...seconds].map(([fault, all]) => ({
    fault,
    ...summarize(all.map((one) => one.seconds)),
  }))
  return {
    tables: [
      {
        title: 'Seconds until new pictures are shown after a fault',
        columns: ['fault', 'runs', 'median', 'longest'],
        rows: rows.map(({ fault, n, median, max }) => [
          fault,
          String(n),
          figure(median),
          figure(max),
        ]),
      },
    ],
    notes: [
      `${String(passed.length)} of ${String(tests.length)} runs passed: no page reloaded, no record missing.`,
    ],
    figures: { runs: tests.length, passed: passed.length, faults: rows },
    passed: tests.length > 0 && passed.length === tests.length,
  }
}

function noted({ type, description = '' }: { type: string; description?: string | undefined }) {
  const match = type === 'media back' ? NOTED.exec(description) : null
  return match === null ? [] : [{ fault: match[1] ?? '', seconds: Number(match[2]) }]
}

/** Runs the test and answers what its report says of each run. */
async function runSpec(times: string) {
  const folder = await mkdtemp(join(tmpdir(), 'attune-healing-'))
  try {
    const file = join(folder, 'report.json')
    const words = [
      'test',
      SPEC,
      // A measurement shares its machine with no other one.
      '--workers=1',
      `--repeat-each=${times}`,
      '--reporter=list,json',
    ]
    const run = spawn(join(ROOT, 'node_modules/.bin/playwright'), words, {
      cwd: ROOT,
      env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      // Tables alone go to standard output.
      stdio: ['ignore', 2, 2],
    })
    await once(run, 'exit')
    const { suites } = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')))
    return suites.flatMap(({ specs }) => specs.flatMap((spec) => spec.tests))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
