import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { piecesOf } from './links.ts'

const linksOf = (text: string) =>
  piecesOf(text).flatMap((piece) => (piece.kind === 'link' ? [piece.href] : []))

describe('piecesOf', () => {
  test.each([
    ['no address', []],
    ['see https://school.example/a?b=c#d.', ['https://school.example/a?b=c#d']],
    ['(https://en.example/wiki/A_(b))', ['https://en.example/wiki/A_(b)']],
    [
      'HTTP://SCHOOL.example, and http://b.example!',
      ['http://school.example/', 'http://b.example/'],
    ],
    ['javascript:alert(1) data:text/html,x file:///etc/passwd', []],
    ['https://bank.example@evil.example/', []],
    ['https:// nothing', []],
    ['<a href="https://a.example">x</a>', ['https://a.example/']],
    ['مرحبا https://a.example/مرحبا', ['https://a.example/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7']],
  ])('%j', (text, links) => {
    expect(linksOf(text)).toEqual(links)
  })

  test('the pieces are the text, and every link goes to a web address', () => {
    const part = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.constantFrom(' ', '(', ')', '.', 'javascript:'),
    )
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('')
        const pieces = piecesOf(text)
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
        for (const piece of pieces) {
          if (piece.kind === 'link') expect(piece.href).toMatch(/^https?:\/\//)
        }
      }),
    )
  })
})
