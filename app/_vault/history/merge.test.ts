import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeRecordBody, recordIdentity, type RecordBody } from '../format/record.ts'
import { signDocument } from '../format/signed.ts'
import type { Totals } from '../format/totals.ts'
import { Roster } from '../roster/roster.ts'
import { sodium, sodiumReady } from '../sodium.ts'
import { NOTHING_READ } from '../student/content.ts'
import { TestRoster, person, type TestPerson } from '../testing/test-roster.ts'
import { mergeTotals } from './merge-totals.ts'
import { RecordBook } from './record-book.ts'

const classId = randomUUID()
let roster: Roster
let ada: TestPerson
let bob: TestPerson

beforeAll(async () => {
  await sodiumReady()
  const grace = person('Grace')
  ada = person('Ada')
  bob = person('Bob')
  const made = new TestRoster().grant(grace, grace, 'teacher').list(grace, 'teacher')
  made.list(ada, 'student').list(bob, 'student').generation(grace)
  roster = new Roster(made.answer(), made.root)
})

interface Signed {
  readonly accountId: string
  readonly body: RecordBody
  readonly bytes: Uint8Array
}

function sign(who: TestPerson, interval: number, changes: Partial<RecordBody> = {}): Signed {
  const stream = sodium.randombytes_buf(16)
  const head = { classId, stream, sequence: interval, interval, signer: who.keys.id }
  const body: RecordBody = { ...head, ...NOTHING_READ, ...changes }
  const bytes = signDocument('attune/record/1', encodeRecordBody(body), who.keys.signKey)
  return { accountId: who.accountId, body, bytes }
}

/** Intervals and identities by student, as a book has them. */
function contents(book: RecordBook): [string, string[]][] {
  return [...book.byStudent()].map(([accountId, bodies]) => [
    accountId,
    bodies.map((body) => `${String(body.interval)} ${recordIdentity(body)}`),
  ])
}

describe('records of several writers', () => {
  it('are the same, one of each, in whatever order and however often they come', () => {
    const records = [ada, bob].flatMap((who) => [0, 1, 1, 2].map((at) => sign(who, at)))
    const whole = new RecordBook(classId, roster)
    for (const { bytes, accountId } of records) whole.takeFromPart(bytes, accountId)
    const expected = contents(whole)
    expect(expected.map(([, list]) => list.length)).toEqual([4, 4])
    const indexes = fc.array(fc.nat({ max: records.length - 1 }), { maxLength: 12 })
    const order = fc.shuffledSubarray(
      records.map((_, at) => at),
      { minLength: records.length },
    )
    fc.assert(
      fc.property(order, indexes, (each, again) => {
        const book = new RecordBook(classId, roster)
        for (const at of [...again, ...each]) {
          const record = records[at]
          if (record) book.takeFromPart(record.bytes, record.accountId)
        }
        expect(contents(book).sort()).toEqual(expected.toSorted())
      }),
      { numRuns: 20 },
    )
  })

  it('are refused from another person’s part, another class and a stranger', () => {
    const book = new RecordBook(classId, roster)
    const own = sign(ada, 0)
    expect(() => {
      book.takeFromPart(own.bytes, bob.accountId)
    }).toThrow(expect.objectContaining({ code: 'bad-signature' }))
    const elsewhere = sign(ada, 0, { classId: randomUUID() })
    expect(() => {
      book.takeFromPart(elsewhere.bytes, ada.accountId)
    }).toThrow(expect.objectContaining({ code: 'wrong-class' }))
    const stranger = sign(person('Mallory'), 0)
    expect(() => {
      book.takeFromPart(stranger.bytes, stranger.accountId)
    }).toThrow(expect.objectContaining({ code: 'not-enrolled' }))
    expect(contents(book)).toEqual([])
  })
})

describe('totals of several writers', () => {
  const totals: fc.Arbitrary<Totals> = fc.record({
    interval: fc.nat({ max: 4 }),
    at: fc.nat({ max: 3 }),
    total: fc.nat({ max: 5 }),
    shown: fc.option(
      fc.record({
        counts: fc.array(fc.nat({ max: 3 }), { minLength: 9, maxLength: 9 }),
        engagement: fc.array(fc.nat({ max: 3 }), { minLength: 5, maxLength: 5 }),
      }),
    ),
  })

  it('are never computed: one of those that were stored for each interval, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(totals), fc.infiniteStream(fc.nat()), (all, keys) => {
        const merged = mergeTotals(all)
        for (const one of merged) expect(all).toContainEqual(one)
        const intervals = merged.map(({ interval }) => interval)
        expect(intervals).toEqual([...new Set(all.map(({ interval }) => interval))].sort())
        const keyed = all.map((one) => ({ one, key: Number(keys.next().value) }))
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ one }) => one)
        expect(mergeTotals(shuffled)).toEqual(merged)
      }),
    )
  })
})
