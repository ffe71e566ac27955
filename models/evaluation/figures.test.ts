import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMOTIONS } from '../../app/_emotion/emotions.ts'
import { figuresOf, largest } from './figures.ts'
import type { Prediction } from './figures.ts'

const oneHot = (index: number): number[] => EMOTIONS.map((_, at) => (at === index ? 1 : 0))

const predictionOf = (label: number, predicted: number | null): Prediction => ({
  file: 'x',
  label: EMOTIONS[label] ?? 'neutral',
  probabilities: predicted === null ? null : oneHot(predicted),
})

describe('figuresOf', () => {
  it('counts a picture without a reading as wrong', () => {
    const figures = figuresOf([predictionOf(0, 0), predictionOf(0, null), predictionOf(1, 1)])
    expect(figures).toMatchObject({ n: 3, accuracy: 2 / 3, macroRecall: 0.75, unread: 1 })
    expect(figures.classes[0]).toEqual({ name: 'neutral', n: 2, precision: 1, recall: 0.5 })
    expect(figures.classes[2]).toEqual({ name: 'sad', n: 0, precision: null, recall: null })
  })

  it('keeps figures between 0 and 1, and the confusion complete', () => {
    const index = fc.nat(7)
    const rows = fc.array(fc.tuple(index, fc.option(index)), { minLength: 1 })
    fc.assert(
      fc.property(rows, (pairs) => {
        const figures = figuresOf(pairs.map(([label, predicted]) => predictionOf(label, predicted)))
        const counted = figures.confusion.flat().reduce((a, b) => a + b, 0)
        expect(counted + figures.unread).toBe(pairs.length)
        for (const value of [figures.accuracy, figures.macroRecall]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
        expect(figures.accuracy).toBeCloseTo(
          pairs.filter(([label, predicted]) => label === predicted).length / pairs.length,
          12,
        )
      }),
    )
  })
})

describe('largest', () => {
  it('takes the first of equal values', () => {
    expect(largest([0.2, 0.4, 0.4])).toBe(1)
  })
})
