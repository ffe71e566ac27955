/**
 * The file `.env` of the project, for the commands. Plain JavaScript: this runs on Node 20, whose first
 * versions cannot read such a file, which must never pass in silence.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param {string} root the project's folder
 * @param {{ load?: ((path: string) => void) | undefined, say?: (text: string) => void }} [on] this Node
 */
export function loadEnvironmentFile(
  root,
  { load, say } = { load: process.loadEnvFile, say: console.error },
) {
  const file = join(root, '.env')
  if (!existsSync(file)) return
  if (load) load.call(process, file)
  else {
    say?.(
      `attune: Node.js ${process.version} cannot read ${file}, so nothing in it holds; use Node.js 20.12 or newer, or set the variables in the environment.`,
    )
  }
}
