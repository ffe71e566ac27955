import { describe, expect, it } from 'vitest'
import { fillsPicture } from './margins.ts'

const PICTURE = { width: 100, height: 80 }

describe('fillsPicture', () => {
  it('takes a face that fills its picture, and one that its border cuts', () => {
    expect(fillsPicture({ x: 10, y: 5, width: 60, height: 70 }, PICTURE)).toBe(true)
    expect(fillsPicture({ x: 20, y: 35, width: 60, height: 55 }, PICTURE)).toBe(true)
    expect(fillsPicture({ x: -40, y: -35, width: 150, height: 130 }, PICTURE)).toBe(true)
  })

  it.each([
    ['something small', { x: 40, y: 30, width: 30, height: 40 }],
    ['a face that leans in from the side', { x: 60, y: 5, width: 60, height: 70 }],
    ['one whose middle is in the margin', { x: 10, y: 50, width: 60, height: 70 }],
    ['one that is all in the margin', { x: 120, y: 0, width: 60, height: 80 }],
    ['one far larger than the picture', { x: -100, y: -80, width: 300, height: 240 }],
  ])('takes not %s', (_, box) => {
    expect(fillsPicture(box, PICTURE)).toBe(false)
  })
})
