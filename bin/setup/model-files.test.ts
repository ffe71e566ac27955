import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expressionModel, prepareModelFiles } from './model-files.ts'
import { createProgress } from './progress.ts'
import { SetupError } from './setup-error.ts'

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

const served = (file: string): string =>
  readFileSync(join(root, 'public/models/emotion', file), 'utf8')

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'attune-models-'))
  symlinkSync(MODULES, join(root, 'node_modules'))
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

describe('prepareModelFiles', () => {
  it('serves just the model that is asked for, even where another had files of the same size and age', () => {
    const progress = createProgress()
    model('emotion', 'one', ['of-one-alone'])
    model('emotion-open', 'two')
    prepareModelFiles(root, 'models/emotion', progress)
    expect(served('of-one-alone')).toBe('one')
    prepareModelFiles(root, 'models/emotion-open', progress)
    expect(served('weights.bin')).toBe('two')
    expect(() => served('of-one-alone')).toThrow(/ENOENT/)
    prepareModelFiles(root, 'models/emotion', progress)
    expect(served('weights.bin')).toBe('one')
  })
})

describe('expressionModel', () => {
  it('is the standard one unless the environment names another', () => {
    expect(expressionModel({ NODE_ENV: 'test' })).toBe('models/emotion')
    expect(expressionModel({ NODE_ENV: 'test', EXPRESSION_MODEL: '' })).toBe('models/emotion')
    expect(expressionModel({ NODE_ENV: 'test', EXPRESSION_MODEL: 'open' })).toBe('models/emotion-open')
    expect(() => expressionModel({ NODE_ENV: 'test', EXPRESSION_MODEL: 'best' })).toThrow(SetupError)
  })
})
