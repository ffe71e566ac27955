/**
 * Builds what a start needs from the sources, only when they changed: Prisma's client and Next's
 * pages. A fingerprint of every file that goes in tells; times of files do not count.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Progress } from './progress.ts'
import { runCommand } from './run-command.ts'
import { SetupError } from './setup-error.ts'

const PAGES_SOURCES = [
  'app',
  'sfu/protocol',
  'prisma/schema.prisma',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]
const CLIENT_SOURCES = ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json']
const NOT_BUILT = /\.(test|itest)\.tsx?$/

function filesUnder(root: string, path: string): string[] {
  const full = join(root, path)
  if (!existsSync(full)) return []
  const entries = readdirSync(dirname(full), { withFileTypes: true })
  const self = entries.find((entry) => join(entry.parentPath, entry.name) === full)
  if (self?.isFile()) return [path]
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NOT_BUILT.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
}

/** A hash of the names and contents of every file under `paths`. */
export function fingerprint(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((path) => filesUnder(root, path))) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

interface BuildPlan {
  readonly name: string
  readonly sources: readonly string[]
  /** File that keeps the fingerprint; it lies in what is built, so both go together. */
  readonly stamp: string
  readonly command: readonly string[]
}

async function buildIfChanged(root: string, plan: BuildPlan, progress: Progress): Promise<boolean> {
  const stamp = join(root, plan.stamp)
  const wanted = fingerprint(root, plan.sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false
  const step = progress.step(plan.name)
  const result = await runCommand(process.execPath, plan.command, {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  })
  if (result.status !== 0) {
    throw new SetupError('build-failed', `${plan.name} failed:\n${result.tail}`)
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
  step.done()
  return true
}

/** Generates prisma/generated when the schema changed. */
export function buildClient(root: string, progress: Progress): Promise<boolean> {
  const plan: BuildPlan = {
    name: 'Generating the database client',
    sources: CLIENT_SOURCES,
    stamp: 'prisma/generated/.fingerprint',
    command: ['node_modules/prisma/build/index.js', 'generate'],
  }
  return buildIfChanged(root, plan, progress)
}

/** Builds the pages when a source changed. */
export function buildPages(root: string, progress: Progress): Promise<boolean> {
  const plan: BuildPlan = {
    name: 'Building the pages',
    sources: PAGES_SOURCES,
    stamp: '.next/.fingerprint',
    command: ['node_modules/next/dist/bin/next', 'build'],
  }
  return buildIfChanged(root, plan, progress)
}
