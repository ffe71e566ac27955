/**
 * `npm run bench [-- PART ...] [--json FILE] [--record] [--quick]`: runs parts of the side-by-side measurements in
 * bench/, all but those of half an hour where none is named. It measures nothing itself; a part that cannot run is named and leaves the
 * others running.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errors } from '@playwright/test'
import { named, parts } from '../bench/parts.ts'
import { describeMachine } from '../bench/report/machine.ts'
import { BenchError, type PartResult } from '../bench/report/part.ts'
import { record } from '../bench/report/results.ts'
import { textTable } from '../bench/report/tables.ts'
import { EvaluationError } from '../models/evaluation/errors.ts'
import { ROOT } from './service.ts'
import { SetupError } from './setup/setup-error.ts'

const FLAGS: ReadonlySet<string> = new Set(['record', 'quick'])

/** Names, and `--name value` or one of the flags. Every part reads its own options. */
function readArguments(args: readonly string[]): {
  readonly names: readonly string[]
  readonly options: ReadonlyMap<string, string>
} {
  const names: string[] = []
  const options = new Map<string, string>()
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    const [, name, given] = /^--([a-z-]+)(?:=(.*))?$/.exec(word) ?? []
    if (name === undefined) names.push(word)
    else if (FLAGS.has(name)) options.set(name, 'yes')
    else {
      const value = given ?? args[++at]
      if (value === undefined) throw new BenchError('bench-option', `--${name} needs a value.`)
      options.set(name, value)
    }
  }
  const unknown = names.find((name) => !Object.hasOwn(parts, name))
  if (unknown !== undefined) {
    const known = Object.keys(parts).join(', ')
    throw new BenchError('bench-option', `There is no part ${unknown}; there are ${known}.`)
  }
  const all = Object.keys(parts).filter((name) => !named.has(name))
  return { names: names.length > 0 ? names : all, options }
}

function print(result: PartResult): void {
  process.stdout.write(result.tables.map((table) => `${textTable(table)}\n`).join(''))
  for (const note of result.notes) process.stdout.write(`- ${note}\n`)
  process.stdout.write('\n')
}

const isKnown = (error: unknown): error is Error =>
  error instanceof BenchError ||
  error instanceof SetupError ||
  error instanceof EvaluationError ||
  // What a person would wait for did not come.
  error instanceof errors.TimeoutError

async function main(): Promise<void> {
  const { names, options } = readArguments(process.argv.slice(2))
  const quick = options.has('quick')
  const results: Record<string, unknown> = {}
  for (const name of names) {
    const machine = describeMachine(new Date())
    const say = (text: string): void => {
      process.stderr.write(`  ${name}: ${text}\n`)
    }
    try {
      const part = await parts[name]?.()
      if (part === undefined) continue
      const result = await part({ quick, say, option: (key) => options.get(key) })
      print(result)
      if (result.passed === false) process.exitCode = 1
      results[name] = { machine, quick, ...result, plots: undefined }
      if (options.has('record')) await record(join(ROOT, 'bench'), name, result, machine)
    } catch (error) {
      if (!isKnown(error)) throw error
      process.stderr.write(`attune: ${name} did not run: ${error.message}\n`)
      results[name] = { machine, failed: error.message }
      process.exitCode = 1
    }
    const json = options.get('json')
    if (json !== undefined) await writeFile(json, `${JSON.stringify(results, null, 2)}\n`)
  }
}

await main().catch((error: unknown) => {
  if (!isKnown(error)) throw error
  process.stderr.write(`attune: ${error.message}\n`)
  process.exitCode = 1
})
