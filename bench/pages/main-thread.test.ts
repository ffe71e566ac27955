import { expect, test } from 'vitest'
import { freeAt } from './main-thread.ts'

const tasks = [
  { start: 100, duration: 200 },
  { start: 900, duration: 100 },
  { start: 9000, duration: 500 },
]

test('a page is free at its first paint, or after the last long task before it came to rest', () => {
  expect(freeAt({ tasks: [] }, 400, 2000)).toBe(400)
  expect(freeAt({ tasks }, 50, 2000)).toBe(1000)
  expect(freeAt({ tasks }, 1200, 2000)).toBe(1200)
  expect(freeAt({ tasks }, 50, 500)).toBe(300)
})
