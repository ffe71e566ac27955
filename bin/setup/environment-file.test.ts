import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadEnvironmentFile } from './environment-file.mjs'

describe('loadEnvironmentFile', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attune-env-'))
  })

  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })

  it('reads the file', () => {
    vi.stubEnv('ATTUNE_TEST_VARIABLE', undefined)
    writeFileSync(join(folder, '.env'), 'ATTUNE_TEST_VARIABLE=here\n')
    loadEnvironmentFile(folder)
    expect(process.env['ATTUNE_TEST_VARIABLE']).toBe('here')
  })

  it('says in one sentence that this Node cannot, where there is a file', () => {
    const said: string[] = []
    const old = { load: undefined, say: (text: string) => said.push(text) }
    loadEnvironmentFile(folder, old)
    expect(said).toEqual([])
    writeFileSync(join(folder, '.env'), 'PORT=4000\n')
    loadEnvironmentFile(folder, old)
    expect(said).toEqual([expect.stringMatching(/^attune: [^\n]*\.env[^\n]*20\.12[^\n]*\.$/)])
  })
})
