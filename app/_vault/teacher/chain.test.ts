import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Roster } from '../roster/roster.ts'
import { sodiumReady } from '../sodium.ts'
import { TestRoster, person, type TestPerson } from '../testing/test-roster.ts'
import { ChainBook } from './chain.ts'
import type { WireChunk } from './check-chunk.ts'
import { ChunkWriter, type ChunkInput } from './chunk-writer.ts'

let grace: TestPerson
let students: TestPerson[]
let made: TestRoster
let roster: Roster
const STARTED_AT = 1_000
const classId = randomUUID()

beforeAll(async () => {
  await sodiumReady()
  grace = person('Grace')
  students = ['Ada', 'Bob', 'Cleo'].map(person)
  made = new TestRoster().grant(grace, grace, 'teacher').list(grace, 'teacher')
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

function book(of = roster): ChainBook {
  return new ChainBook({ classId, startedAt: STARTED_AT, roster: of, withParts: true })
}

/** Codes of what is broken after all of this was seen. */
function broken(chunks: readonly WireChunk[], of = roster): string[] {
  const seen = book(of)
  seen.admit(chunks)
  seen.settle()
  return seen.newFaults().map(({ code }) => code)
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
        expect(seen.newFaults()).toEqual([])
        expect(seen.heads()).toMatchObject([{ number: 3 }])
      }),
      { numRuns: 20 },
    )
  })

  it('names a missing chunk, and still hands out what holds', () => {
    const seen = book()
    seen.admit(chain.filter((_, at) => at !== 1))
    expect(seen.settle().map(({ manifest }) => manifest.number)).toEqual([2, 3])
    expect(seen.newFaults()).toMatchObject([{ code: 'chunk-missing', number: 1 }])
    expect(seen.newFaults()).toEqual([])
  })

  it('names a chain that was cut off before a head that was seen', () => {
    const whole = book()
    whole.admit(chain)
    const seen = book()
    seen.expect(whole.heads())
    seen.admit(chain.slice(0, 3))
    seen.settle()
    expect(seen.newFaults()).toMatchObject([{ code: 'chain-cut', number: 3 }])
  })

  it('names a chain that another writer’s manifest knew to be longer', () => {
    const whole = book()
    whole.admit(chain)
    const other = write(writer(), { otherHeads: whole.heads() })
    expect(broken([...chain, other])).toEqual([])
    expect(broken([...chain.slice(0, 2), other])).toEqual(['chain-cut'])
  })

  it('names swapped, altered and missing parts, and chunks put in another’s place', () => {
    const [first, second] = chain as [WireChunk, WireChunk]
    const [ada, bob, cleo] = first.parts
    if (!ada || !bob || !cleo) throw new Error('too few parts')
    const swapped = [{ ...ada, part: bob.part }, { ...bob, part: ada.part }, cleo]
    expect(broken([first])).toEqual([])
    expect(broken([{ ...first, parts: swapped }])).toEqual(['part-altered'])
    expect(broken([{ ...first, parts: second.parts }])).toEqual(['part-altered'])
    expect(broken([{ ...first, parts: [ada, bob] }])).toEqual(['part-missing'])
    expect(broken([{ ...first, number: 1 }])).toEqual(['chunk-altered'])
    expect(broken([{ ...first, closing: true }])).toEqual(['chunk-altered'])
    expect(broken([{ ...first, manifest: second.manifest }])).toEqual(['chunk-altered'])
    const stranger = { accountId: randomUUID(), part: ada.part }
    expect(broken([{ ...first, parts: [...first.parts, stranger] }])).toEqual(['part-altered'])
  })

  it('uses the other parts of a chunk when one was swapped', () => {
    const [first] = chain as [WireChunk]
    const [ada, bob, cleo] = first.parts
    if (!ada || !bob || !cleo) throw new Error('too few parts')
    const [admitted] = book().admit([{ ...first, parts: [{ ...ada, part: bob.part }, bob, cleo] }])
    const used = admitted?.parts.map(({ accountId }) => accountId)
    expect(used).toEqual([bob.accountId, cleo.accountId])
  })

  it('lets the parts of one who erased them be absent, and of nobody else', () => {
    const [first] = chain as [WireChunk]
    const [ada, bob] = students as [TestPerson, TestPerson]
    const kept = first.parts.filter(({ accountId }) => accountId !== bob.accountId)
    const after = (upTo: number, who = bob, signer = who): Roster => {
      const other = new TestRoster(made).tombstone(who, upTo, signer)
      return new Roster(other.answer(), other.root)
    }
    expect(broken([{ ...first, parts: kept }], after(STARTED_AT))).toEqual([])
    expect(broken([{ ...first, parts: kept }], after(STARTED_AT - 1))).toEqual(['part-missing'])
    expect(broken([{ ...first, parts: kept }], after(STARTED_AT, ada))).toEqual(['part-missing'])
    // A tombstone that web made up.
    expect(broken([{ ...first, parts: kept }], after(STARTED_AT, bob, ada))).toEqual([
      'part-missing',
    ])
    // And where web kept them after all, they are not used.
    const [admitted] = book(after(STARTED_AT)).admit([first])
    expect(admitted?.parts.map(({ accountId }) => accountId)).not.toContain(bob.accountId)
  })

  it('names a manifest that no teacher signed, and one after the closing one', () => {
    const stranger = { ...grace, keys: person('Mallory').keys }
    const generation = roster.newestGeneration()
    if (!generation) throw new Error('no generation')
    const account = { accountId: stranger.accountId, name: 'G', email: 'g@x.example' }
    const forged = new ChunkWriter({ account, keys: stranger.keys }, classId, generation)
    expect(broken([write(forged)])).toEqual(['chunk-unvouched'])
    const elsewhere = new ChunkWriter(
      { account: { ...account, accountId: grace.accountId }, keys: grace.keys },
      randomUUID(),
      generation,
    )
    expect(broken([write(elsewhere)])).toEqual(['chunk-foreign'])
    const by = writer()
    expect(broken([write(by, { closing: true }), write(by)])).toEqual(['chain-forked'])
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
