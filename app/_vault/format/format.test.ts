import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { VaultError } from '../errors.ts'
import { sodium, sodiumReady } from '../sodium.ts'
import { bytesToId, concat } from './bytes.ts'
import {
  CONSENT_BODY_BYTES,
  consentTextHash,
  decodeConsent,
  encodeConsent,
  type Consent,
} from './consent.ts'
import {
  decodeClassKey,
  decodeGeneration,
  encodeClassKey,
  encodeGeneration,
  type ClassKey,
  type Generation,
} from './course-key.ts'
import {
  decodeEnrolment,
  decodeGrant,
  encodeEnrolment,
  encodeGrant,
  GRANTED_ROLES,
  type Enrolment,
  type Grant,
} from './grant.ts'
import { decodeManifest, encodeManifest, type Manifest } from './manifest.ts'
import { openPart, PART_BYTES, sealPart, type PartPlace } from './part.ts'
import {
  decodeReceipt,
  encodeReceipt,
  openReceipt,
  RECEIPT_BOX_BYTES,
  RECEIPT_CODES,
  sealReceipt,
  type Receipt,
} from './receipt.ts'
import {
  decodeRecordBody,
  encodeRecordBody,
  openRecord,
  RECORD_BYTES,
  RECORD_KINDS,
  sealRecord,
  verifyRecord,
  type RecordBody,
  openSealed,
} from './record.ts'
import { signDocument, verifyDocument, type Purpose } from './signed.ts'
import { decodeTotals, encodeTotals, TOTALS_BYTES, type Totals } from './totals.ts'

beforeAll(sodiumReady)

const bytes = (size: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: size, maxLength: size })
const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((raw) => bytesToId(raw))
const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const at = fc.integer({ min: 0, max: 2 ** 48 - 1 })
const name = fc.string({ unit: 'grapheme', maxLength: 20 })
const keys = fc.record({ sign: bytes(32), box: bytes(32) })
const fraction = fc.integer({ min: 0, max: 65_535 }).map((n) => n / 65_535)

const recordBody: fc.Arbitrary<RecordBody> = fc.record({
  kind: fc.constantFrom(...RECORD_KINDS),
  classId: id,
  stream: bytes(16),
  sequence: u32,
  interval: u32,
  signer: bytes(8),
  probabilities: fc.array(fraction, { minLength: 8, maxLength: 8 }),
  engagement: fc.constantFrom(0, 1, 2, 3, 4),
  behaviour: fc.integer({ min: 0, max: 7 }),
  quality: fc.integer({ min: 0, max: 7 }),
  confidence: fraction,
})
const grant: fc.Arbitrary<Grant> = fc.record({
  courseId: id,
  number: u32,
  accountId: id,
  role: fc.constantFrom(...GRANTED_ROLES),
  keys,
  name,
  granterId: id,
  granterKey: bytes(8),
  at,
})
const enrolment: fc.Arbitrary<Enrolment> = fc.record({
  courseId: id,
  accountId: id,
  keys,
  root: bytes(16),
  at,
})
const generation: fc.Arbitrary<Generation> = fc.record({
  courseId: id,
  number: u32,
  policy: fc.constantFrom('totals', 'full-history'),
  consentTextId: name,
  publicKey: bytes(32),
  previous: bytes(8),
  signerId: id,
  signerKey: bytes(8),
  at,
})
const classKey: fc.Arbitrary<ClassKey> = fc.record({
  classId: id,
  courseId: id,
  generation: u32,
  generationKey: bytes(8),
  publicKey: bytes(32),
  signerId: id,
  signerKey: bytes(8),
})
const consent: fc.Arbitrary<Consent> = fc.record({
  courseId: id,
  accountId: id,
  generation: u32,
  answer: fc.constantFrom('declined', 'allowed'),
  givenBy: fc.constantFrom('self', 'guardian'),
  giverName: fc.constantFrom('', 'Ada Byron', 'Ж'.repeat(100)),
  textId: fc.string({ maxLength: 20 }).filter(fitsAscii),
  textHash: bytes(32),
  statedAge: fc.nat(25),
  language: fc.constantFrom('en', 'pt-BR'),
  signerKey: bytes(8),
  at,
})
const manifest: fc.Arbitrary<Manifest> = fc.record({
  courseId: id,
  classId: id,
  writer: bytes(16),
  number: u32,
  closing: fc.boolean(),
  generation: u32,
  signerId: id,
  signerKey: bytes(8),
  previous: bytes(32),
  parts: fc.array(fc.record({ accountId: id, hash: bytes(32) }), { maxLength: 4 }),
  otherHeads: fc.array(fc.record({ writer: bytes(16), number: u32, hash: bytes(32) }), {
    maxLength: 3,
  }),
  totals: bytes(112),
})
const receipt: fc.Arbitrary<Receipt> = fc.record({
  classId: id,
  accountId: id,
  signerId: id,
  signerKey: bytes(8),
  ranges: fc.array(
    fc
      .record({ stream: bytes(16), from: u32, to: u32, code: fc.constantFrom(...RECEIPT_CODES) })
      .map((range) => ({ ...range, to: Math.max(range.from, range.to) })),
    { maxLength: 8 },
  ),
})
const someTotals: fc.Arbitrary<Totals> = fc
  .record({
    interval: u32,
    at,
    people: fc.array(fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 4 })), { maxLength: 40 }),
    tooFew: fc.boolean(),
  })
  .map(({ people, tooFew, ...rest }) => {
    const counts = Array.from({ length: 9 }, (_, i) => people.filter(([c]) => c === i).length)
    const engagement = Array.from({ length: 5 }, (_, i) => people.filter(([, e]) => e === i).length)
    return { ...rest, total: people.length, shown: tooFew ? null : { counts, engagement } }
  })

const totals = fc.option(someTotals, { nil: null })

function fitsAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

/** Round trip, one encoding for one value, and no byte more or less is accepted. */
function isCanonical<T>(
  title: string,
  arbitrary: fc.Arbitrary<T>,
  encode: (value: T) => Uint8Array,
  decode: (encoded: Uint8Array) => T,
): void {
  it(`${title} reads back what was written, and nothing longer or shorter`, () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        const encoded = encode(value)
        expect(decode(encoded)).toEqual(value)
        expect(encode(decode(encoded))).toEqual(encoded)
        expect(() => decode(concat(encoded, Uint8Array.of(0)))).toThrow(VaultError)
        expect(() => decode(encoded.slice(0, -1))).toThrow(VaultError)
      }),
      { numRuns: 60 },
    )
  })
  it(`${title} survives no random bytes with anything but a refusal`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (noise) => {
        try {
          expect(encode(decode(noise))).toEqual(noise)
        } catch (error) {
          expect(error).toBeInstanceOf(VaultError)
        }
      }),
      { numRuns: 100 },
    )
  })
}

describe('documents', () => {
  isCanonical('a record body', recordBody, encodeRecordBody, decodeRecordBody)
  isCanonical('a grant', grant, encodeGrant, decodeGrant)
  isCanonical('an enrolment', enrolment, encodeEnrolment, decodeEnrolment)
  isCanonical('a generation', generation, encodeGeneration, decodeGeneration)
  isCanonical('a class key', classKey, encodeClassKey, decodeClassKey)
  isCanonical('a manifest', manifest, encodeManifest, decodeManifest)

  it.each([
    ['consent', consent, encodeConsent, decodeConsent, CONSENT_BODY_BYTES],
    ['receipt', receipt, encodeReceipt, decodeReceipt, 384],
    ['totals', totals, encodeTotals, decodeTotals, TOTALS_BYTES],
  ] as const)('%s is of one size and reads back', (_title, arbitrary, encode, decode, size) => {
    fc.assert(
      fc.property(arbitrary as fc.Arbitrary<never>, (value) => {
        const encoded = encode(value)
        expect(encoded).toHaveLength(size)
        expect(decode(encoded)).toEqual(value)
      }),
      { numRuns: 60 },
    )
  })

  it('every flipped bit of a signed document is refused, and so is another purpose', () => {
    const signer = sodium.crypto_sign_keypair()
    const body = encodeGrant(fc.sample(grant, { numRuns: 1, seed: 7 })[0] as Grant)
    const document = signDocument('attune/grant/1', body, signer.privateKey)
    expect(verifyDocument('attune/grant/1', document, signer.publicKey)).toEqual(body)
    for (let bit = 0; bit < document.length * 8; bit++) {
      expect(() =>
        verifyDocument('attune/grant/1', flipped(document, bit), signer.publicKey),
      ).toThrow(VaultError)
    }
    const other: Purpose = 'attune/enrolment/1'
    expect(() => verifyDocument(other, document, signer.publicKey)).toThrow(
      expect.objectContaining({ code: 'bad-signature' }),
    )
  })
})

describe('a consent text', () => {
  it('is hashed by SHA-256 over its UTF-8', () => {
    const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Buffer.from(consentTextHash(text))).toEqual(digest(text))
      }),
    )
  })
})

describe('a record on the wire', () => {
  it('is 256 bytes whatever it says, and opens to what was sealed', () => {
    const signer = sodium.crypto_sign_keypair()
    const box = sodium.crypto_box_keypair()
    fc.assert(
      fc.property(recordBody, (body) => {
        const wire = sealRecord(body, signer.privateKey, box.publicKey)
        expect(wire).toHaveLength(RECORD_BYTES)
        const signed = openRecord(wire, box.publicKey, box.privateKey)
        expect(verifyRecord(signed, () => signer.publicKey)).toEqual(body)
      }),
      { numRuns: 40 },
    )
  })

  it('is refused after any single flipped bit', () => {
    const signer = sodium.crypto_sign_keypair()
    const box = sodium.crypto_box_keypair()
    const body = fc.sample(recordBody, { numRuns: 1, seed: 3 })[0] as RecordBody
    const wire = sealRecord(body, signer.privateKey, box.publicKey)
    for (let bit = 0; bit < wire.length * 8; bit++) {
      expect(() =>
        verifyRecord(
          openRecord(flipped(wire, bit), box.publicKey, box.privateKey),
          () => signer.publicKey,
        ),
      ).toThrow(VaultError)
    }
  })

  it('is refused with a code when the signer is unknown or forged, or the size is wrong', () => {
    const signer = sodium.crypto_sign_keypair()
    const box = sodium.crypto_box_keypair()
    const other = sodium.crypto_box_keypair()
    const body = fc.sample(recordBody, { numRuns: 1, seed: 5 })[0] as RecordBody
    const wire = sealRecord(body, sodium.crypto_sign_keypair().privateKey, box.publicKey)
    const signed = openRecord(wire, box.publicKey, box.privateKey)
    const refuses = (run: () => unknown, code: string): void => {
      expect(run).toThrow(expect.objectContaining({ code }))
    }
    refuses(() => verifyRecord(signed, () => signer.publicKey), 'bad-signature')
    refuses(() => verifyRecord(signed, () => undefined), 'not-enrolled')
    refuses(() => openRecord(wire.slice(1), box.publicKey, box.privateKey), 'record-size')
    refuses(() => openRecord(wire, other.publicKey, other.privateKey), 'wrong-class')
  })
})

describe('a part', () => {
  const place = fc.record<PartPlace>({
    classId: id,
    writer: bytes(16),
    number: u32,
    accountId: id,
  })

  it('is of one size, opens in its place alone, and refuses any flipped bit', () => {
    const key = sodium.randombytes_buf(32)
    fc.assert(
      fc.property(
        place,
        place,
        fc.array(bytes(192), { maxLength: 5 }),
        fc.nat({ max: PART_BYTES * 8 - 1 }),
        (here, elsewhere, records, bit) => {
          const part = sealPart(here, records, key)
          expect(part).toHaveLength(PART_BYTES)
          expect(openPart(here, part, key)).toEqual(records)
          expect(() => openPart(elsewhere, part, key)).toThrow(VaultError)
          expect(() => openPart(here, flipped(part, bit), key)).toThrow(VaultError)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a receipt', () => {
  it('is of one size sealed, and refuses any flipped bit', () => {
    const signer = sodium.crypto_sign_keypair()
    const box = sodium.crypto_box_keypair()
    fc.assert(
      fc.property(receipt, fc.nat({ max: RECEIPT_BOX_BYTES * 8 - 1 }), (value, bit) => {
        const sealed = sealReceipt(value, signer.privateKey, box.publicKey)
        expect(sealed).toHaveLength(RECEIPT_BOX_BYTES)
        const open = (from: Uint8Array): Receipt => {
          const document = openReceipt(from, {
            openSealed: (sealed) => openSealed(sealed, box.publicKey, box.privateKey),
          })
          return decodeReceipt(verifyDocument('attune/receipt/1', document, signer.publicKey))
        }
        expect(open(sealed)).toEqual(value)
        expect(() => open(flipped(sealed, bit))).toThrow(VaultError)
      }),
      { numRuns: 40 },
    )
  })
})

function flipped(source: Uint8Array, bit: number): Uint8Array {
  const copy = source.slice()
  const at = bit >> 3
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit & 7))
  return copy
}
