/**
 * `npm run bench -- NAME [...]`: runs one of the side-by-side measurements in bench/. It measures
 * nothing itself.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './service.ts'

const names = readdirSync(join(ROOT, 'bench'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
const [name = ''] = process.argv.slice(2)

if (names.includes(name)) {
  await import(join(ROOT, 'bench', `${name}.ts`))
} else {
  console.error(`attune: name a measurement: npm run bench -- ${names.join(' | ')}`)
  process.exitCode = 1
}
