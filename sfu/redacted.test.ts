import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Redacted } from './redacted.ts'

test('a person is printed by no means but by name', () => {
  const id = new Redacted<string>('7f3c')
  const shown = [String(id), id.toString(), JSON.stringify({ id }), inspect({ id }), inspect(id)]
  for (const text of shown) expect(text).not.toContain('7f3c')
  expect(Object.keys(id)).toEqual([])
  expect(id.reveal()).toBe('7f3c')
  expect(id.equals(new Redacted('7f3c'))).toBe(true)
  expect(id.equals(new Redacted('7f3d'))).toBe(false)
})
