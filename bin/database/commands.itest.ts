/** The commands `db:dump` and `db:restore` as a shell sees them, on data folders of their own. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  closeSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../prisma/migrate.ts'
import { existingCluster, prepareCluster } from './cluster.ts'
import { createDatabase } from './create-database.ts'
import { withCluster } from './run-cluster.ts'
import { ROOT } from '../service.ts'
import { lockDataFolder } from '../supervisor/data-lock.ts'
import { ensureSecrets } from '../supervisor/secrets.ts'

/** What would break a cut at the ends of lines, or one that knows no quotes. */
const NAME = 'O\'Neil \\ "Ünï";\n-- \' ;\nINSERT INTO "Account";\n'

/** A user that no machine has. */
const SOMEBODY = 54_321

async function fill(url: string): Promise<void> {
  await createDatabase(url)
  const pool = new pg.Pool({ connectionString: url })
  try {
    await migrate(pool)
    await pool.query(
      `INSERT INTO "Account" (id, name, email, "boxPublicKey", "signPublicKey", "privateBox", "createdAt")
       VALUES (gen_random_uuid(), $1, 'a@example.org', '\\x00ff', '\\x27', '\\x5c', now())`,
      [NAME],
    )
  } finally {
    await pool.end()
  }
}

describe('db:dump and db:restore', () => {
  let folders: string[]

  beforeEach(() => {
    folders = []
  })

  afterEach(() => {
    for (const folder of folders) rmSync(folder, { recursive: true })
  })

  function newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'attune-dump-'))
    chmodSync(folder, 0o711)
    folders.push(folder)
    return folder
  }

  async function newSchool(): Promise<string> {
    const dataFolder = newFolder()
    const password = ensureSecrets(dataFolder).databasePassword
    await withCluster(await prepareCluster({ dataFolder, password }), fill)
    return dataFolder
  }

  const environment = (dataFolder: string): NodeJS.ProcessEnv => ({
    ...process.env,
    ATTUNE_DATA: dataFolder,
    DATABASE_URL: '',
  })

  async function dump(dataFolder: string): Promise<string> {
    const options = { cwd: ROOT, env: environment(dataFolder) }
    const { stdout } = await promisify(execFile)(process.execPath, ['bin/db-dump.ts'], options)
    return stdout
  }

  async function restore(
    dataFolder: string,
    sql: string,
  ): Promise<{ code: number | null; said: string }> {
    const file = join(newFolder(), 'dump.sql')
    writeFileSync(file, sql)
    const input = openSync(file, 'r')
    const child = spawn(process.execPath, ['bin/db-restore.ts'], {
      cwd: ROOT,
      env: environment(dataFolder),
      stdio: [input, 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await once(child, 'close')
    closeSync(input)
    return { code: child.exitCode, said }
  }

  it('bring a school into a new data folder, and nothing where something is', async () => {
    const first = await dump(await newSchool())
    const fresh = newFolder()
    const cut = await restore(fresh, first.slice(0, -20))
    expect(cut.said).toMatch(/^attune: .*nothing was changed \(it is not whole\)/m)
    expect((await restore(fresh, first)).code).toBe(0)
    expect(await dump(fresh)).toBe(first)
    const again = await restore(fresh, first)
    expect(again.said).toMatch(/^attune: There is something in the database already/m)
    expect([cut.code, again.code]).toEqual([1, 1])
    expect(await dump(fresh)).toBe(first)
  })

  // As root beside a service of another user's, which an administrator's shell does.
  it.runIf(process.getuid?.() === 0)(
    'change no owner and no mode, whether the service runs or not',
    async () => {
      const dataFolder = await newSchool()
      const everything = (): string[] => [
        dataFolder,
        ...readdirSync(dataFolder, { recursive: true, withFileTypes: true })
          .filter((entry) => !entry.parentPath.startsWith(join(dataFolder, 'postgresql/programs')))
          .map((entry) => join(entry.parentPath, entry.name)),
      ]
      for (const path of everything()) chownSync(path, SOMEBODY, SOMEBODY)
      for (const path of ['', 'postgresql']) chmodSync(join(dataFolder, path), 0o700)
      const owners = (): Map<string, string> =>
        new Map(
          everything().map((path) => {
            const { uid, gid, mode } = lstatSync(path)
            return [path, `${String(uid)}:${String(gid)} ${mode.toString(8)}`]
          }),
        )
      const before = owners()
      const kept = (): string[][] =>
        [...owners()].filter(([path, owner]) => (before.get(path) ?? owner) !== owner)

      expect(await dump(dataFolder)).toContain('a@example.org')
      expect(kept()).toEqual([])

      const password = ensureSecrets(dataFolder).databasePassword
      const unlock = lockDataFolder(dataFolder)
      try {
        await withCluster(await existingCluster({ dataFolder, password }), async () => {
          expect(await dump(dataFolder)).toContain('a@example.org')
        })
      } finally {
        unlock()
      }
      expect(kept()).toEqual([])
    },
  )
})
