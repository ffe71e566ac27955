import { expect, test } from 'vitest'
import { publicOrigin } from './public-origin.ts'

test.each([
  ['https://class.example.org', 'http://localhost:3000', 'https://class.example.org'],
  ['https://class.example.org', 'https://192.168.1.5:3000', 'https://class.example.org'],
  // Nobody set PUBLIC_URL: the name under which this page was reached leads further.
  ['https://localhost:3000', 'https://192.168.1.5:3000', 'https://192.168.1.5:3000'],
  ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://localhost:3000'],
])('where web is %s and the page is at %s, links begin with %s', (publicUrl, here, origin) => {
  expect(publicOrigin(publicUrl, here)).toBe(origin)
})
