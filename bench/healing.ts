/**
 * `npm run bench -- healing [--times N] [--json FILE]`: the faults of e2e/healing.spec.ts, each ten
 * times, and how long pictures were away. It measures what the end-to-end test does, and adds nothing.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { ROOT } from '../bin/service.ts'

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { times: { type: 'string', default: '10' }, json: { type: 'string' } },
})

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

const file = join(mkdtempSync(join(tmpdir(), 'attune-healing-')), 'report.json')
const program = join(ROOT, 'node_modules/.bin/playwright')
const words = [
  'test',
  'e2e/healing.spec.ts',
  `--repeat-each=${values.times}`,
  '--reporter=list,json',
]
const run = spawn(program, words, {
  cwd: ROOT,
  env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  stdio: ['ignore', 'inherit', 'inherit'],
})
await new Promise((resolve) => run.once('exit', resolve))

const { suites } = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
const tests = suites.flatMap(({ specs }) => specs.flatMap((spec) => spec.tests))
const passed = tests.filter(({ results }) => results.every(({ status }) => status === 'passed'))
const times = new Map<string, number[]>()
for (const { type, description = '' } of tests.flatMap(({ annotations }) => annotations)) {
  const match = /^(.*): ([\d.]+) s$/.exec(description)
  if (type !== 'media back' || match?.[1] === undefined) continue
  times.set(match[1], [...(times.get(match[1]) ?? []), Number(match[2])])
}

const rows = [...times].map(([fault, seconds]) => {
  const sorted = seconds.toSorted((one, other) => one - other)
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  return { fault, runs: sorted.length, median, longest: sorted.at(-1) ?? Number.NaN }
})
console.log(`${passed.length} of ${tests.length} runs passed: no page reloaded, no record missing`)
console.log(
  'seconds without pictures'.padEnd(44),
  'runs'.padStart(5),
  'median'.padStart(8),
  'longest'.padStart(8),
)
for (const { fault, runs, median, longest } of rows) {
  console.log(
    fault.padEnd(44),
    String(runs).padStart(5),
    median.toFixed(1).padStart(8),
    longest.toFixed(1).padStart(8),
  )
}
if (values.json !== undefined) {
  const result = { runs: tests.length, passed: passed.length, faults: rows }
  writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`)
}
process.exitCode = passed.length === tests.length && tests.length > 0 ? 0 : 1
