import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanChatText } from './text.ts'

describe('cleanChatText', () => {
  test.each([
    ['plain text stays', 'plain text stays'],
    ['  around  ', 'around'],
    ['one\r\ntwo\rthree\u2028four', 'one\ntwo\nthree\nfour'],
    ['far\n\n\n\n\napart', 'far\n\napart'],
    ['bell\u0007 null\u0000 escape\u001b[31m', 'bell null escape[31m'],
    ['invoice\u202egnp.exe', 'invoicegnp.exe'],
    ['\ufeffmark', 'mark'],
    ['tab\tbed', 'tab bed'],
    ['lone \ud800 surrogate', 'lone \ufffd surrogate'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    // Scripts and emoji that need joiners and direction marks keep them.
    ['سلام دنیا می\u200cخواهم', 'سلام دنیا می\u200cخواهم'],
    ['שלום\u200f (1)', 'שלום\u200f (1)'],
    ['👩\u200d👩\u200d👧 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👩\u200d👩\u200d👧 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['हिन्दी', 'हिन्दी'],
  ])('%j', (text, cleaned) => {
    expect(cleanChatText(text)).toBe(cleaned)
  })

  test('a pile of marks keeps a few', () => {
    expect(cleanChatText(`a${'\u0301'.repeat(200)}b`)).toBe(`a${'\u0301'.repeat(6)}b`)
  })

  test('never grows, is well-formed, and cleaning twice is cleaning once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const cleaned = cleanChatText(text)
        expect(cleaned.length).toBeLessThanOrEqual(text.length)
        expect(cleaned.isWellFormed()).toBe(true)
        expect(cleanChatText(cleaned)).toBe(cleaned)
        expect(cleaned).not.toMatch(/[\u202a-\u202e]/)
      }),
    )
  })
})
