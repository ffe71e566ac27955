import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint } from './build.ts'

describe('fingerprint', () => {
  let root: string

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'attune-fingerprint-'))
    mkdirSync(join(root, 'app/inner'), { recursive: true })
    writeFileSync(join(root, 'app/a.ts'), 'a')
    writeFileSync(join(root, 'app/inner/b.ts'), 'b')
    writeFileSync(join(root, 'one.json'), '1')
  })

  afterEach(() => {
    rmSync(root, { recursive: true })
  })

  const now = (): string => fingerprint(root, ['app', 'one.json', 'absent.json'])

  it('stays the same when only times change', () => {
    const before = now()
    utimesSync(join(root, 'app/a.ts'), 1, 1)
    expect(now()).toBe(before)
  })

  it('changes with a content, a name, a new file and a file of its own', () => {
    const seen = new Set([now()])
    writeFileSync(join(root, 'app/inner/b.ts'), 'c')
    seen.add(now())
    writeFileSync(join(root, 'app/new.ts'), '')
    seen.add(now())
    writeFileSync(join(root, 'one.json'), '2')
    seen.add(now())
    writeFileSync(join(root, 'absent.json'), '')
    seen.add(now())
    expect(seen.size).toBe(5)
  })

  it('does not look at tests, which nothing is built from', () => {
    const before = now()
    writeFileSync(join(root, 'app/a.test.ts'), '')
    writeFileSync(join(root, 'app/a.itest.ts'), '')
    expect(now()).toBe(before)
  })
})
