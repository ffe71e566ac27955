import { expect, test } from 'vitest'
import { courseRole } from '../../_wire/roles.ts'
import { isGuest } from './guest.ts'

test('whoever is enrolled is no guest, course admins included', () => {
  expect(isGuest({ courseRole: null })).toBe(true)
  for (const role of courseRole.options) expect(isGuest({ courseRole: role })).toBe(false)
})
