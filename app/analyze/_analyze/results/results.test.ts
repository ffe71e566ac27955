import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { ENGAGEMENT, QUALITY, type FaceReading } from '../../../_emotion/reading.ts'
import { sampleTimes, type Sample } from '../files/sample-video.ts'
import { toCsv, toJson } from './export.ts'
import { rowsOf, sortRows, summaryOf, type PictureResult } from './result.ts'
import { clock, spansOf, stackOf } from './timeline-shape.ts'

function face(happy: number, change: Partial<FaceReading> = {}): FaceReading {
  return {
    box: { x: 1, y: 2, width: 3, height: 4 },
    probabilities: [1 - happy, happy, 0, 0, 0, 0, 0, 0],
    confidence: Math.max(happy, 1 - happy),
    engagement: ENGAGEMENT.engaged,
    quality: QUALITY.good,
    ...change,
  }
}

function picture(file: string, faces: readonly FaceReading[]): PictureResult {
  return { kind: 'picture', id: file, file, at: 0, faces, preview: new Blob(), width: 9, height: 9 }
}

describe('downloads', () => {
  it('hold one row a face, and no text that a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string(), (sign, rest) => {
        const csv = toCsv([picture(`${sign}${rest}`, [face(0.75)])])
        const [row] = Papa.parse<{ file: string; emotion: string }>(csv, { header: true }).data
        expect(row?.emotion).toBe('happy')
        expect(row?.file.startsWith("'")).toBe(true)
      }),
    )
  })

  it('say the same as CSV and as JSON', () => {
    const all = [picture('a', [face(0.75), face(0.4, { quality: QUALITY.tooDark })])]
    expect(JSON.parse(toJson(all))).toMatchObject([
      { file: 'a', face: 1, emotion: 'happy', happy: 0.75, engagement: 'engaged' },
      { file: 'a', face: 2, emotion: 'unclear', quality: 'tooDark' },
    ])
  })
})

describe('a video', () => {
  const samples: Sample[] = [
    { at: 0.5, face: face(0.8) },
    { at: 1.5, face: null },
    { at: 2.5, face: face(0.6) },
    { at: 3.5, face: face(1, { quality: QUALITY.blurred, engagement: ENGAGEMENT.unclear }) },
  ]

  it('is summed up by its clear frames', () => {
    const summary = summaryOf(samples)
    expect(summary?.probabilities[1]).toBeCloseTo(0.7)
    expect(summary?.engagement).toBe(ENGAGEMENT.engaged)
    expect(summaryOf([{ at: 0, face: null }])).toBeNull()
  })

  it('stacks to a whole, with gaps, and spans its whole length', () => {
    expect(stackOf(samples, 1)[0]).toEqual([0.5, expect.closeTo(0.2), expect.closeTo(1)])
    expect(stackOf(samples, 1)[1]).toBeNull()
    const spans = spansOf(samples, 4)
    expect(spans[0]?.from).toBe(0)
    expect(spans.at(-1)?.to).toBe(4)
    for (const [index, span] of spans.entries()) {
      if (index > 0) expect(span.from).toBe(spans[index - 1]?.to)
    }
  })

  it('is looked at evenly, within its length, at most 240 times', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 20_000, noNaN: true }), (duration) => {
        const times = sampleTimes(duration)
        expect(times.length).toBeGreaterThan(0)
        expect(times.length).toBeLessThanOrEqual(240)
        expect(times.every((at) => at > 0 && at < duration)).toBe(true)
      }),
    )
  })

  it('tells times as people do', () => {
    expect([clock(0), clock(1.5), clock(61), clock(600)]).toEqual([
      '0:00',
      '0:01.5',
      '1:01',
      '10:00',
    ])
  })
})

describe('the table', () => {
  const rows = rowsOf(picture('b', [face(0.9), face(0.3), face(0.5, { quality: QUALITY.blurred })]))

  it('sorts by any column, with the unclear last', () => {
    expect(sortRows(rows, 'emotion', false).map((row) => row.emotion)).toEqual([
      'happy',
      'neutral',
      null,
    ])
    expect(sortRows(rows, 'confidence', true).map((row) => row.face)).toEqual([1, 2, 3])
    expect(sortRows(rows, 'face', false).map((row) => row.face)).toEqual([1, 2, 3])
  })
})
