import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countsOf } from './counts.ts'

describe('countsOf', () => {
  let folder: string
  let file: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attune-counts-'))
    file = join(folder, 'report.json')
  })

  afterEach(() => {
    rmSync(folder, { recursive: true })
  })

  const vitest = (passed: number, failed: number, statuses: string[]): void => {
    const testResults = statuses.map((status) => ({ status, assertionResults: [] }))
    writeFileSync(
      file,
      JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults }),
    )
  }

  it('counts a check without a report as one', () => {
    expect(countsOf(null, null, true)).toEqual({ passed: 1, failed: 0 })
    expect(countsOf(null, null, false)).toEqual({ passed: 0, failed: 1 })
  })

  it('takes a missing report for a failure', () => {
    expect(countsOf('vitest', file, true)).toEqual({ passed: 0, failed: 1 })
  })

  it('counts a file that could not be loaded', () => {
    vitest(3, 0, ['passed', 'failed'])
    expect(countsOf('vitest', file, false)).toEqual({ passed: 3, failed: 1 })
  })

  it('does not let a bad end pass for a good one', () => {
    vitest(3, 0, ['passed'])
    expect(countsOf('vitest', file, false)).toEqual({ passed: 3, failed: 1 })
  })

  it('counts a test that passed only at a second try as failed', () => {
    writeFileSync(file, JSON.stringify({ stats: { expected: 2, unexpected: 0, flaky: 1 } }))
    expect(countsOf('playwright', file, true)).toEqual({ passed: 2, failed: 1 })
  })
})
