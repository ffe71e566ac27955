import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInline, parseMarkdown } from './parse-markdown.ts'

describe('parseMarkdown', () => {
  it('reads headings, paragraphs, lists, tables, quotes, code and pictures', () => {
    const source = [
      '# Card',
      '',
      'Two lines',
      'of one paragraph.',
      '',
      '- one',
      '- two, which',
      '  goes on',
      '',
      '1. first',
      '',
      '| a | b |',
      '|---|--:|',
      '| 1 | **2** |',
      '',
      '> careful',
      '```',
      'x < y',
      '```',
      '![A plot](../plot.png)',
    ].join('\n')
    expect(parseMarkdown(source)).toEqual([
      { kind: 'heading', level: 1, content: [{ kind: 'text', text: 'Card' }] },
      { kind: 'paragraph', content: [{ kind: 'text', text: 'Two lines of one paragraph.' }] },
      {
        kind: 'list',
        ordered: false,
        items: [[{ kind: 'text', text: 'one' }], [{ kind: 'text', text: 'two, which goes on' }]],
      },
      { kind: 'list', ordered: true, items: [[{ kind: 'text', text: 'first' }]] },
      {
        kind: 'table',
        head: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]],
        rows: [[[{ kind: 'text', text: '1' }], [{ kind: 'strong', text: '2' }]]],
      },
      { kind: 'quote', content: [{ kind: 'text', text: 'careful' }] },
      { kind: 'code', text: 'x < y' },
      { kind: 'picture', text: 'A plot', source: '../plot.png' },
    ])
  })

  it('comes to an end on any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('|', '-', '`', '#', '>', '\n', ' ', 'a', '1.') }),
        (text) => {
          expect(Array.isArray(parseMarkdown(text))).toBe(true)
        },
      ),
    )
  })
})

describe('parseInline', () => {
  it.each([
    'javascript:alert(1)',
    'http://plain.example',
    '//other.example',
    '/\\other.example',
    'data:text/html,x',
  ])('makes no link to %s', (href) => {
    expect(parseInline(`[label](${href})`).some((part) => part.kind === 'link')).toBe(false)
  })

  it('makes links to https addresses and to our own pages', () => {
    expect(parseInline('see [it](https://example.org/a) and [here](/courses)')).toEqual([
      { kind: 'text', text: 'see ' },
      { kind: 'link', text: 'it', href: 'https://example.org/a' },
      { kind: 'text', text: ' and ' },
      { kind: 'link', text: 'here', href: '/courses' },
    ])
  })

  it('loses no letter of plain text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z <>&"']*$/), (text) => {
        expect(
          parseInline(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
