import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Roster } from '../roster/roster.ts'
import { sodiumReady } from '../sodium.ts'
import { TestRoster, person, type TestPerson } from '../testing/test-roster.ts'
import { ChainBook, type WireChunk } from './chain.ts'
import { ChunkWriter, type ChunkInput } from './chunk-writer.ts'

let grace: TestPerson
let students: TestPerson[]
let roster: Roster
const classId = randomUUID()

beforeAll(async () => {
  await sodiumReady()
  grace = person('Grace')
  students = ['Ada', 'Bob', 'Cleo'].map(person)
  const made = new TestRoster().grant(grace, grace, 'teacher').list(grace, 'teacher')
  for (const student of students) made.list(student, 'student')
  roster = new Roster(made.generation(grace).answer(), made.root)
})

function writer(): ChunkWriter {
  const generation = roster.newestGeneration()
  if (!generation) throw new Error('no generation')
  const account = { accountId: grace.accountId, name: 'Grace', email: 'g@x.example' }
  return new ChunkWriter({ account, keys: grace.keys }, classId, generation)
}

function write(by: ChunkWriter, changes: Partial<ChunkInput> = {}): WireChunk {
  const present = new Set(students.map(({ accountId }) => accountId))
  const input = { present, pending: new Map(), totals: null, otherHeads: [], closing: false }
  return by.write({ ...input, roster, ...changes }).body
}

function book(erased: readonly TestPerson[] = []): ChainBook {
  const gone = new Set(erased.map(({ accountId }) => accountId))
  return new ChainBook({ classId, roster, erased: gone })
}

/** What is broken after all of this was seen. */
function broken(chunks: readonly WireChunk[], erased: readonly TestPerson[] = []): number {
  const seen = book(erased)
  seen.admit(chunks)
  seen.settle()
  return seen.newlyBroken().length
}

describe('ChainBook', () => {
  let chain: WireChunk[]

  beforeEach(() => {
    const by = writer()
    chain = [write(by), write(by), write(by), write(by, { closing: true })]
  })

  it('admits whole chains in any order, each chunk once', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (order) => {
        const seen = book()
        const admitted = order.flatMap((at) => seen.admit(chain.slice(at, at + 1)))
        expect(admitted.map(({ manifest }) => manifest.number)).toEqual([0, 1, 2, 3])
        expect(seen.admit(chain)).toEqual([])
        expect(seen.settle()).toEqual([])
        expect(seen.newlyBroken()).toEqual([])
        expect(seen.heads()).toMatchObject([{ number: 3 }])
      }),
      { numRuns: 20 },
    )
  })

  it('names a missing chunk, and still hands out what holds', () => {
    const seen = book()
    seen.admit(chain.filter((_, at) => at !== 1))
    expect(seen.settle().map(({ manifest }) => manifest.number)).toEqual([2, 3])
    expect(seen.newlyBroken()).toHaveLength(1)
    expect(seen.newlyBroken()).toEqual([])
  })

  it('names a chain that was cut off before a head that was seen', () => {
    const whole = book()
    whole.admit(chain)
    const seen = book()
    seen.expect(whole.heads())
    seen.admit(chain.slice(0, 3))
    seen.settle()
    expect(seen.newlyBroken()).toHaveLength(1)
  })

  it('names a chain that another writer’s manifest knew to be longer', () => {
    const whole = book()
    whole.admit(chain)
    const other = write(writer(), { otherHeads: whole.heads() })
    expect(broken([...chain, other])).toBe(0)
    expect(broken([...chain.slice(0, 2), other])).toBe(1)
  })

  it('names swapped, altered and missing parts, and chunks put in another’s place', () => {
    const [first, second] = chain as [WireChunk, WireChunk]
    const [ada, bob, cleo] = first.parts
    if (!ada || !bob || !cleo) throw new Error('too few parts')
    const swapped = [{ ...ada, part: bob.part }, { ...bob, part: ada.part }, cleo]
    expect(broken([first])).toBe(0)
    expect(broken([{ ...first, parts: swapped }])).toBe(1)
    expect(broken([{ ...first, parts: second.parts }])).toBe(1)
    expect(broken([{ ...first, parts: [ada, bob] }])).toBe(1)
    expect(broken([{ ...first, number: 1 }])).toBe(1)
    expect(broken([{ ...first, closing: true }])).toBe(1)
    expect(broken([{ ...first, manifest: second.manifest }])).toBe(1)
    const stranger = { accountId: randomUUID(), part: ada.part }
    expect(broken([{ ...first, parts: [...first.parts, stranger] }])).toBe(1)
  })

  it('lets the parts of one who erased them be absent, and of nobody else', () => {
    const [first] = chain as [WireChunk]
    const kept = first.parts.filter(({ accountId }) => accountId !== students[1]?.accountId)
    const [ada, bob] = students as [TestPerson, TestPerson]
    expect(broken([{ ...first, parts: kept }], [bob])).toBe(0)
    expect(broken([{ ...first, parts: kept }], [ada])).toBe(1)
  })

  it('names a manifest that no teacher signed, and one after the closing one', () => {
    const stranger = { ...grace, keys: person('Mallory').keys }
    const generation = roster.newestGeneration()
    if (!generation) throw new Error('no generation')
    const account = { accountId: stranger.accountId, name: 'G', email: 'g@x.example' }
    const forged = new ChunkWriter({ account, keys: stranger.keys }, classId, generation)
    expect(broken([write(forged)])).toBe(1)
    const by = writer()
    expect(broken([write(by, { closing: true }), write(by)])).toBe(1)
  })
})

describe('ChunkWriter', () => {
  it('gives everyone present a part of one size, and a content key with the first alone', () => {
    const by = writer()
    const present = new Set(students.map(({ accountId }) => accountId))
    const input = { present, pending: new Map(), totals: null, otherHeads: [], closing: false }
    const first = by.write({ ...input, roster }).body
    const second = by.write({ ...input, roster }).body
    expect(first.parts).toHaveLength(3)
    expect(new Set(first.parts.map(({ part }) => part.length)).size).toBe(1)
    expect(first.contentKeys).toHaveLength(3)
    expect(second.contentKeys).toHaveLength(0)
  })
})
