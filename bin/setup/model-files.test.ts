import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { prepareModelFiles } from './model-files.ts'
import { createProgress } from './progress.ts'

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url))
const ONE_DAY = new Date('2020-01-01')

let root: string

function model(name: string, weights: string, more: readonly string[] = []): void {
  const folder = join(root, 'models', name)
  mkdirSync(folder, { recursive: true })
  for (const file of ['weights.bin', ...more]) {
    writeFileSync(join(folder, file), weights)
    utimesSync(join(folder, file), ONE_DAY, ONE_DAY)
  }
}

const laidOut = (file: string): string => readFileSync(join(root, 'public/models', file), 'utf8')

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'attune-models-'))
  symlinkSync(MODULES, join(root, 'node_modules'))
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

describe('prepareModelFiles', () => {
  it('lays out just the files of each model, even where newer ones have the age and size of those before', () => {
    const progress = createProgress()
    model('emotion', 'one', ['left-out-later'])
    model('emotion-wide', 'two')
    model('emotion-open', 'two')
    prepareModelFiles(root, progress)
    expect(laidOut('emotion/left-out-later')).toBe('one')
    expect(laidOut('emotion-open/weights.bin')).toBe('two')
    rmSync(join(root, 'models/emotion'), { recursive: true })
    model('emotion', 'new')
    prepareModelFiles(root, progress)
    expect(laidOut('emotion/weights.bin')).toBe('new')
    expect(() => laidOut('emotion/left-out-later')).toThrow(/ENOENT/)
  })
})
