/**
 * One supervisor a data folder: a second one would start a second database on the same files. The
 * lock is a file with the process id; one whose process is gone counts for nothing.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '../setup/setup-error.ts'

const NAME = 'supervisor.pid'

/** The supervisor that holds `dataFolder`, or null. */
export function holderOf(dataFolder: string): number | null {
  const file = join(dataFolder, NAME)
  if (!existsSync(file)) return null
  const id = Number(readFileSync(file, 'utf8'))
  const command = `/proc/${String(id)}/cmdline`
  if (!Number.isInteger(id) || id === process.pid || !existsSync(command)) return null
  // The number may have gone to another program since.
  return readFileSync(command, 'utf8').includes('bin/') ? id : null
}

/** Takes the lock; the function it answers gives it back. */
export function lockDataFolder(dataFolder: string): () => void {
  const holder = holderOf(dataFolder)
  if (holder !== null) {
    throw new SetupError(
      'data-folder',
      `Attune already runs with the data folder ${dataFolder} (process ${String(holder)}); stop it, or set ATTUNE_DATA to another folder.`,
    )
  }
  const file = join(dataFolder, NAME)
  writeFileSync(file, `${String(process.pid)}\n`)
  return () => {
    rmSync(file, { force: true })
  }
}
