import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { ATTACHMENT_BYTES } from '../../_wire/support.ts'
import { attachmentOf } from '../support/attachment.ts'
import { sodium, sodiumReady } from '../sodium.ts'
import { person } from '../testing/test-roster.ts'
import {
  MOST_TEXT,
  attachmentContent,
  markOf,
  messageContent,
  openPiece,
  sealPiece,
  signShare,
  verifyShare,
  type AttachmentContent,
} from './case.ts'
import type { RecordBody } from './record.ts'

beforeAll(sodiumReady)

const keysOf =
  ({ keys }: ReturnType<typeof person>) =>
  (id: Uint8Array) =>
    keys.signedBy(id)

const caseId = '00000000-0000-4000-8000-0000000000aa'
const other = '00000000-0000-4000-8000-0000000000bb'

describe('a message of a case', () => {
  it('comes back as it was written, for its place, its key and its author alone', () => {
    const ada = person('Ada')
    const eve = person('Eve')
    const key = sodium.randombytes_buf(32)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const content = { text, meeting: { startsAt: 5, minutes: 30 } }
        const place = { caseId, authorId: ada.accountId, kind: 'message' as const }
        const order = { number: 3, after: markOf(Uint8Array.of(1)) }
        const box = sealPiece(place, content, ada.keys, key, order)
        const author = keysOf(ada)
        expect(openPiece(place, box, key, author, messageContent)).toEqual({ content, ...order })
        const fails = (change: Partial<typeof place>, from = author, by = key): void => {
          const wrong = { ...place, ...change }
          expect(() => openPiece(wrong, box, by, from, messageContent)).toThrow()
        }
        fails({ caseId: other })
        fails({ authorId: eve.accountId })
        expect(() =>
          openPiece({ ...place, kind: 'note' }, box, key, author, messageContent),
        ).toThrow()
        fails({}, keysOf(eve))
        fails({}, () => eve.keys.public.sign)
        fails({}, author, sodium.randombytes_buf(32))
      }),
      { numRuns: 20 },
    )
  })

  it('cannot be written by a helper in the student’s name', () => {
    const ada = person('Ada')
    const helper = person('Grace')
    const key = sodium.randombytes_buf(32)
    const place = { caseId, authorId: ada.accountId, kind: 'message' as const }
    const forged = sealPiece(place, { text: 'x', meeting: null }, helper.keys, key)
    expect(() => openPiece(place, forged, key, keysOf(ada), messageContent)).toThrow('signature')
  })

  it('grows in steps, and an attachment has one size whatever was chosen', () => {
    const ada = person('Ada')
    const key = sodium.randombytes_buf(32)
    const place = { caseId, authorId: ada.accountId, kind: 'message' as const }
    const sizeOf = (text: string): number =>
      sealPiece(place, { text, meeting: null }, ada.keys, key).length
    expect(sizeOf('a')).toBe(sizeOf('a'.repeat(900)))
    expect(sizeOf('a'.repeat(1100))).toBe(sizeOf('a') + 1024)
    expect(sizeOf('\u{1F600}'.repeat(MOST_TEXT / 2))).toBeLessThan(20 * 1024)
    const body = (interval: number): RecordBody => ({
      kind: 'check-in',
      classId: caseId,
      stream: new Uint8Array(16),
      sequence: interval,
      interval,
      signer: new Uint8Array(8),
      probabilities: [0, 0, 1, 0, 0, 0, 0, 0],
      engagement: 3,
      behaviour: 0,
      quality: 0,
      confidence: 1,
    })
    const classes = Array.from({ length: 120 }, (_, at) => ({
      courseId: other,
      classId: caseId,
      startedAt: 1_790_000_000_000 + at,
      bodies: Array.from({ length: 90 }, (__, interval) => body(interval)),
    }))
    const attach = { ...place, kind: 'attachment' as const }
    const sizes = (['nothing', 'summary', 'readings'] as const).map((share) => {
      const content: AttachmentContent = attachmentOf(share, classes)
      const box = sealPiece(attach, content, ada.keys, key)
      const opened = openPiece(attach, box, key, keysOf(ada), attachmentContent)
      expect(opened.content).toEqual(content)
      if (content.share === 'readings') {
        expect(content.cut).toBe(true)
        expect(content.classes[0]?.startedAt).toBe(1_790_000_000_119)
      }
      if (content.share === 'summary') expect(content.classes[0]?.counts.sad).toBe(90)
      return box.length
    })
    expect(new Set(sizes).size).toBe(1)
    expect(sizes[0]).toBeLessThanOrEqual(ATTACHMENT_BYTES + 256)
  })
})

describe('a share', () => {
  it('names one helper of one case by one key', () => {
    const ada = person('Ada')
    const helper = person('Grace')
    const share = { caseId, helperId: helper.accountId, boxPublicKey: helper.keys.public.box }
    const signed = signShare(share, ada.keys)
    const student = keysOf(ada)
    expect(verifyShare(signed, caseId, helper.accountId, student)).toEqual(helper.keys.public.box)
    expect(() => verifyShare(signed, other, helper.accountId, student)).toThrow()
    expect(() => verifyShare(signed, caseId, other, student)).toThrow()
    expect(() => verifyShare(signed, caseId, helper.accountId, keysOf(helper))).toThrow()
  })
})
