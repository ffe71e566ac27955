import { describe, expect, it } from 'vitest'
import { createLogger } from '../../sfu/log.ts'
import { shownLine } from './shown-line.ts'

describe('shownLine', () => {
  it('leaves JSON alone where no person reads, and names the process for one who does', () => {
    const lines: string[] = []
    createLogger('info', { write: (line: string) => lines.push(line.trim()) }).info('here')
    const line = `sfu | ${lines.join('')}`
    expect(JSON.parse(shownLine(line, false))).toMatchObject({ process: 'sfu', msg: 'here' })
    expect(shownLine(line, true)).toBe(line)
  })

  it.each(['database | ready', 'web | {', 'web ended, starting it again'])(
    'keeps the name before what is no JSON: %s',
    (line) => {
      expect(shownLine(line, false)).toBe(line)
    },
  )
})
