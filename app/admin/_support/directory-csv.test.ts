import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { directoryEntry, type DirectoryEntry } from '../../_wire/support.ts'
import { filterDirectory, choicesOf, ALL } from '../../(site)/support/_support/directory-filter.ts'
import { COLUMNS, readCsv, writeCsv } from './directory-csv.ts'

const base: DirectoryEntry = {
  name: 'Line',
  kind: 'help-line',
  country: '',
  languages: ['en'],
  topics: [],
  phone: '',
  email: '',
  website: '',
  hours: '',
  about: '',
}
const text = (max: number) => fc.string({ maxLength: max }).map((one) => one.trim())
const words = text(20).filter((one) => one !== '' && !/[;]/.test(one))
const entries = fc.array(
  fc
    .record({
      name: text(60).filter((one) => one !== ''),
      kind: fc.constantFrom(...directoryEntry.shape.kind.options),
      country: fc.constantFrom('', 'CA', 'NZ'),
      languages: fc.constantFrom<string[][]>([], ['en'], ['en', 'pt-br']),
      topics: fc.array(words, { maxLength: 3 }),
      phone: text(20),
      email: fc.constantFrom('', 'a@school.example'),
      website: fc.constantFrom('', 'https://help.example/a'),
      hours: text(20),
      about: fc.constantFrom('', 'Two\nlines, "quoted"', '=SUM(A1)', "'already", '-5', '+49 30'),
    })
    .filter((one) => directoryEntry.safeParse(one).success),
  { maxLength: 6 },
)

describe('the directory as CSV', () => {
  it('comes back as it went out', () => {
    fc.assert(
      fc.property(entries, (some) => {
        expect(readCsv(writeCsv(some))).toEqual({ entries: some })
      }),
    )
  })

  it('lets no cell begin as a formula', () => {
    const csv = writeCsv([{ ...base, name: '=1+1', phone: '+1 555', about: '@x' }])
    expect(csv).toContain("'=1+1")
    expect(csv).toContain("'+1 555")
    expect(csv).toContain("'@x")
  })

  it('names the line and the column that are wrong, and takes nothing', () => {
    const good = writeCsv([base, base]).trim().split('\r\n')
    const bad = [...good, 'Other,wizard,,,,,,,,'].join('\n')
    expect(readCsv(bad)).toEqual({ problem: { line: 4, what: 'kind' } })
    expect(readCsv([...good, ',help-line,,,,,,,,'].join('\n'))).toEqual({
      problem: { line: 4, what: 'name' },
    })
    expect(readCsv('a,b\n1,2')).toEqual({ problem: null })
    expect(readCsv([good[0], 'A,help-line,,,,,,javascript:alert(1),,'].join('\n'))).toEqual({
      problem: { line: 2, what: 'website' },
    })
  })

  it('begins as an empty file with every column', () => {
    expect(writeCsv([])).toBe(`${COLUMNS.join(',')}\r\n`)
    expect(readCsv(writeCsv([]))).toEqual({ entries: [] })
  })
})

describe('filters of the directory', () => {
  const some = [
    { ...base, name: 'B', kind: 'therapist' as const, country: 'CA', languages: ['fr-ca'] },
    { ...base, name: 'A', country: 'NZ', topics: ['Family'] },
    { ...base, name: 'C', topics: ['family', 'school'] },
  ]
  const names = (filter: Partial<typeof ALL>): string[] =>
    filterDirectory(some, { ...ALL, ...filter }).map(({ name }) => name)

  it('put help lines first and keep what is for everywhere', () => {
    expect(names({})).toEqual(['A', 'C', 'B'])
    expect(names({ country: 'CA' })).toEqual(['C', 'B'])
    expect(names({ language: 'fr' })).toEqual(['B'])
    expect(names({ topic: 'family' })).toEqual(['A', 'C'])
    expect(choicesOf(some)).toEqual({
      countries: ['CA', 'NZ'],
      languages: ['en', 'fr'],
      topics: ['Family', 'school'],
    })
  })
})
