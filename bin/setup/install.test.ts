import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isInstalled } from './install.mjs'

type Packages = Record<string, { version: string; optional?: boolean }>

describe('isInstalled', () => {
  let root: string

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'attune-install-'))
    mkdirSync(join(root, 'node_modules'))
    write('package-lock.json', {
      '': { version: '1.0.0' },
      'node_modules/a': { version: '1.2.3' },
      'node_modules/b-darwin': { version: '2.0.0', optional: true },
    })
  })

  afterEach(() => {
    rmSync(root, { recursive: true })
  })

  function write(file: string, packages: Packages): void {
    writeFileSync(join(root, file), JSON.stringify({ packages }))
  }

  it('knows an installation by what npm notes at its end', () => {
    expect(isInstalled(root)).toBe(false)
    write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.2.3' } })
    expect(isInstalled(root)).toBe(true)
  })

  it('sees another version and a missing package', () => {
    write('node_modules/.package-lock.json', { 'node_modules/a': { version: '1.2.4' } })
    expect(isInstalled(root)).toBe(false)
    write('node_modules/.package-lock.json', {})
    expect(isInstalled(root)).toBe(false)
  })
})
