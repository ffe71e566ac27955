/**
 * One supervisor a data folder: a second one would start a second database on the same files. The
 * lock is a file with the process' number and start; one whose process is gone counts for nothing,
 * whoever has its number now.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '../setup/setup-error.ts'
import { startOf } from './process-start.ts'

const NAME = 'supervisor.pid'

/** The file's text; null where there is none. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

/** The supervisor that holds `dataFolder`, or null. */
export function holderOf(dataFolder: string): number | null {
  const [, id, start] = /^(\d+) (\S+)\n$/.exec(textOf(join(dataFolder, NAME)) ?? '') ?? []
  if (id === undefined || start === undefined) return null
  return startOf(Number(id)) === start ? Number(id) : null
}

function refuse(dataFolder: string, holder: number | null): never {
  const which = holder === null ? 'another start' : `process ${String(holder)}`
  throw new SetupError(
    'data-folder',
    `Attune already runs with the data folder ${dataFolder} (${which}); stop it, or set ATTUNE_DATA to another folder.`,
  )
}

/** Takes the lock; the function it answers gives it back. */
export function lockDataFolder(dataFolder: string): () => void {
  const holder = holderOf(dataFolder)
  if (holder !== null) refuse(dataFolder, holder)
  const file = join(dataFolder, NAME)
  const own = `${String(process.pid)} ${startOf(process.pid) ?? 'unknown'}\n`
  rmSync(file, { force: true })
  try {
    writeFileSync(file, own, { flag: 'wx' })
  } catch (error) {
    if (codeOf(error) === 'EEXIST') refuse(dataFolder, holderOf(dataFolder))
    throw error
  }
  // Another start may have taken this very file for the stale one.
  if (textOf(file) !== own) refuse(dataFolder, holderOf(dataFolder))
  return () => {
    if (textOf(file) === own) rmSync(file, { force: true })
  }
}
