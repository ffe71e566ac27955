import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { NOTICE_BOX_BYTES } from '../../_wire/notices.ts'
import {
  blankNotice,
  decodeNotice,
  encodeNotice,
  openNotice,
  sealNotice,
  type Notice,
} from '../format/notice.ts'
import { unverifiedBody, verifyDocument } from '../format/signed.ts'
import { sodiumReady } from '../sodium.ts'
import { person, signerOf } from '../testing/test-roster.ts'
import {
  MEMORY_SIZE,
  NO_MEMORY,
  classMark,
  memorySchema,
  mergeMemories,
  openFlag,
  padded,
  type SupportMemory,
} from './memory.ts'

beforeAll(sodiumReady)

const uuid = fc.uuid().map((id) => id.toLowerCase())
const answers = fc.constantFrom('open' as const, 'yes' as const, 'no' as const)
const memories: fc.Arbitrary<SupportMemory> = fc.record({
  flags: fc.dictionary(
    uuid,
    fc.record({ courseId: uuid, at: fc.nat(2_000_000_000_000), answer: answers }),
    { maxKeys: 40 },
  ),
  taken: fc.array(uuid, { maxLength: 500 }).map((ids) => [...new Set(ids.map(markOf))]),
  judged: fc.array(uuid, { maxLength: 150 }).map((ids) => [...new Set(ids.map(markOf))]),
  on: fc.boolean(),
  onAt: fc.nat(2_000_000_000_000),
  pad: fc.constant(''),
})
/** As long as a real mark, without waiting for the library while arbitraries are made. */
function markOf(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')
}

describe('a notice', () => {
  const notice = (
    flag: string | null,
  ): { notice: Notice; signKey: Uint8Array; box: Uint8Array } => {
    const teacher = person('Grace')
    const student = person('Ada')
    const made = {
      courseId: crypto.randomUUID(),
      classId: crypto.randomUUID(),
      recipientId: student.accountId,
      signerId: teacher.accountId,
      signerKey: signerOf(teacher),
      ruleVersion: 1,
      flag,
    }
    const box = sealNotice(made, teacher.keys.signKey, student.keys.public.box)
    const document = openNotice(box, student.keys)
    expect(decodeNotice(unverifiedBody(document))).toEqual(made)
    verifyDocument('attune/notice/1', document, teacher.keys.public.sign)
    return { notice: made, signKey: teacher.keys.signKey, box }
  }

  it('has one size whatever it says, a blank one too', () => {
    expect(notice(null).box).toHaveLength(NOTICE_BOX_BYTES)
    expect(notice(crypto.randomUUID()).box).toHaveLength(NOTICE_BOX_BYTES)
    expect(blankNotice()).toHaveLength(NOTICE_BOX_BYTES)
  })

  it('refuses a flag that says no class and a class without a flag', () => {
    const body = encodeNotice(notice(crypto.randomUUID()).notice)
    const flagAt = 1 + 16 * 4 + 8 + 1
    body[flagAt] = 0
    expect(() => decodeNotice(body)).toThrow()
  })

  it('cannot be told from another by its bytes', () => {
    // Sealed for one student by one teacher, so that nothing but the flag differs.
    const teacher = person('Grace')
    const student = person('Ada')
    const made = (flag: string | null): Uint8Array =>
      sealNotice(
        {
          courseId: crypto.randomUUID(),
          classId: crypto.randomUUID(),
          recipientId: student.accountId,
          signerId: teacher.accountId,
          signerKey: signerOf(teacher),
          ruleVersion: 1,
          flag,
        },
        teacher.keys.signKey,
        student.keys.public.box,
      )
    const COUNT = 600
    const flagged = Array.from({ length: COUNT }, () => made(crypto.randomUUID()))
    const fine = Array.from({ length: COUNT }, () => made(null))
    // Each bit is a coin. Over 2,176 bits the greatest difference of two shares stays within 6 standard deviations
    // (beyond by chance: 2,176 × 2e-9, once in 200,000 runs); a bit that told would be at 24.
    const share = (boxes: readonly Uint8Array[], bit: number): number =>
      boxes.filter((box) => (((box[bit >> 3] ?? 0) >> (bit & 7)) & 1) === 1).length / COUNT
    const deviation = Math.sqrt(0.5 / COUNT)
    for (let bit = 0; bit < NOTICE_BOX_BYTES * 8; bit++) {
      expect(Math.abs(share(flagged, bit) - share(fine, bit))).toBeLessThan(6 * deviation)
    }
    // And the mean of all bytes is that of noise for both.
    const mean = (boxes: readonly Uint8Array[]): number =>
      boxes.reduce((sum, box) => sum + box.reduce((a, b) => a + b, 0), 0) /
      (COUNT * NOTICE_BOX_BYTES)
    const spread = Math.sqrt((256 * 256 - 1) / 12 / (COUNT * NOTICE_BOX_BYTES))
    expect(Math.abs(mean(flagged) - 127.5)).toBeLessThan(6 * spread)
    expect(Math.abs(mean(fine) - 127.5)).toBeLessThan(6 * spread)
  })
})

describe('what a vault remembers of notices', () => {
  it('has one size whatever it says', () => {
    fc.assert(
      fc.property(memories, (memory) => {
        const merged = padded(mergeMemories(memory, NO_MEMORY))
        expect(JSON.stringify(merged)).toHaveLength(MEMORY_SIZE)
        expect(memorySchema.parse(merged)).toEqual(merged)
      }),
      { numRuns: 40 },
    )
  })

  it('loses no answer when two devices meet, whichever comes first', () => {
    fc.assert(
      fc.property(memories, memories, (one, other) => {
        const both = mergeMemories(one, other)
        expect(openFlag(both)).toEqual(openFlag(mergeMemories(other, one)))
        expect(mergeMemories(both, one).flags).toEqual(both.flags)
        for (const [id, { answer }] of Object.entries(both.flags)) {
          const given = [one.flags[id]?.answer, other.flags[id]?.answer]
          expect(answer).toBe(given.includes('no') ? 'no' : given.includes('yes') ? 'yes' : 'open')
        }
        expect(both.on).toBe(
          one.onAt === other.onAt ? one.on && other.on : one.onAt > other.onAt ? one.on : other.on,
        )
      }),
      { numRuns: 40 },
    )
  })

  it('shows the newest open flag, and none where messages are off', () => {
    const flag = (at: number, answer: 'open' | 'no') => ({ courseId: 'c', at, answer })
    const memory = {
      ...NO_MEMORY,
      flags: { a: flag(1, 'open'), b: flag(2, 'open'), d: flag(3, 'no') },
    }
    expect(openFlag(memory)).toEqual({ flag: 'b', courseId: 'c' })
    expect(openFlag({ ...memory, on: false })).toBeNull()
    expect(openFlag(NO_MEMORY)).toBeNull()
    expect(classMark('00000000-0000-4000-8000-000000000001')).toHaveLength(22)
  })
})
