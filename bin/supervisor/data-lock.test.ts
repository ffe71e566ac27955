import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SetupError } from '../setup/setup-error.ts'
import { holderOf, lockDataFolder } from './data-lock.ts'
import { startIn, startOf } from './process-start.ts'

/** What follows the name in /proc/ID/stat up to the start, which is 4242 here. */
const REST = '1 1 1 0 -1 4194560 1 0 0 0 1 1 0 0 20 0 1 0 4242 1 1'

describe('startIn', () => {
  it.each(['node', 'bin/ serve', 'a) S 1 (b', ''])(
    'finds the start behind the name "%s"',
    (name) => {
      expect(startIn(`7 (${name}) S ${REST}\n`)).toBe('4242')
    },
  )

  it('takes a process that has ended for none', () => {
    expect(startIn(`7 (node) Z ${REST}\n`)).toBeNull()
    expect(startIn('')).toBeNull()
  })
})

describe('startOf', () => {
  it('tells of this process always the same, and of no other process that', () => {
    const start = startOf(process.pid)
    expect(start).toMatch(/^\S+$/)
    expect(startOf(process.pid)).toBe(start)
    expect(startOf(1)).not.toBe(start)
  })

  it('knows no process of a number that none has', () => {
    expect(startOf(2 ** 22 + 1)).toBeNull()
  })
})

describe('lockDataFolder', () => {
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attune-lock-'))
    file = join(folder, 'supervisor.pid')
  })

  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  it('refuses a second start and names the first, until that gives it back', () => {
    const unlock = lockDataFolder(folder)
    expect(holderOf(folder)).toBe(process.pid)
    const again = (): unknown => lockDataFolder(folder)
    expect(again).toThrow(SetupError)
    expect(again).toThrow(`process ${String(process.pid)}`)
    unlock()
    expect([holderOf(folder), existsSync(file)]).toEqual([null, false])
    lockDataFolder(folder)()
  })

  it.each([
    ['a process that took over the number', `${String(process.ppid)} 1\n`],
    ['a number without a start', `${String(process.ppid)}\n`],
    ['nothing', ''],
    ['nonsense', 'bin/serve.ts\n'],
  ])('takes the place of a lock that names %s', (_, left) => {
    writeFileSync(file, left)
    expect(holderOf(folder)).toBeNull()
    const unlock = lockDataFolder(folder)
    expect(holderOf(folder)).toBe(process.pid)
    unlock()
  })

  it.runIf(existsSync('/proc/self/task'))('never takes a thread for a process', () => {
    const thread = readdirSync('/proc/self/task').find((id) => id !== String(process.pid)) ?? ''
    const start = startIn(readFileSync(`/proc/${thread}/stat`, 'utf8')) ?? ''
    writeFileSync(file, `${thread} ${start}\n`)
    expect([thread, start]).not.toContain('')
    expect(holderOf(folder)).toBeNull()
  })

  it('leaves a lock alone that is not its own any more', () => {
    const unlock = lockDataFolder(folder)
    writeFileSync(file, `${String(process.ppid)} 1\n`)
    unlock()
    expect(existsSync(file)).toBe(true)
  })
})
