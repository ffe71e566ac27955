import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCsv, readLabels } from './labels.ts'

const field = fc.stringMatching(/^[ -~]*$/)
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`

describe('parseCsv', () => {
  it('reads back whatever was quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 })), (rows) => {
        const text = rows.map((row) => row.map(quote).join(',')).join('\r\n')
        expect(parseCsv(text)).toEqual(rows)
      }),
    )
  })

  it('takes either line ending, a byte order mark and empty lines', () => {
    expect(parseCsv('\uFEFFa,b\r\n\n1,"x\ny"\n')).toEqual([
      ['a', 'b'],
      ['1', 'x\ny'],
    ])
  })

  it('refuses a quote that stays open', () => {
    expect(() => parseCsv('a,"b')).toThrow('never closed')
  })
})

describe('readLabels', () => {
  const text =
    'file,split,label,extra\na.png,train,happy,1\nb.png,valid,sad,2\nc.png,valid,,3\nd.png,test,joy,4\n'

  it('keeps one split and counts rows without a label', () => {
    expect(readLabels(text, 'valid')).toEqual({
      pictures: [{ file: 'b.png', label: 'sad' }],
      unlabelled: 1,
    })
  })

  it('refuses unknown labels, missing columns, unknown splits and a set without labels', () => {
    expect(() => readLabels(text, undefined)).toThrow('"joy" is no label')
    expect(() => readLabels('file,emotion\na,happy', undefined)).toThrow('no column "label"')
    expect(() => readLabels('file,label\na,happy', 'valid')).toThrow('no column "split"')
    expect(() => readLabels(text, 'other')).toThrow('No row has the split')
    expect(() => readLabels('file,label\na,\n', undefined)).toThrow('No row has a label')
  })
})
