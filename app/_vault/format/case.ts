/**
 * What travels in a case: messages, what the student attached, notes among helpers, and the student's word on who may
 * help. Each is signed by its author, padded and encrypted under a key of the case alone; the associated data ties it to
 * the case, the author and the kind, so that nothing can be passed off as something else. An attachment has one size
 * whatever was chosen, and a message grows in steps, so that sizes tell little.
 */
import { z } from 'zod'
import { ATTACHMENT_BYTES } from '../../_wire/support.ts'
import { VaultError } from '../errors.ts'
import { lock, unlock } from '../keys/box.ts'
import { sodium } from '../sodium.ts'
import { ByteReader, ByteWriter, concat } from './bytes.ts'
import { SIGNATURE_BYTES, signDocument, verifyDocument } from './signed.ts'

export const CASE_KEY_BYTES = 32
/** A message fills whole steps of this many bytes. */
const STEP_BYTES = 1024
/** The length of the JSON stands before it. */
const LENGTH_BYTES = 4
export const MOST_TEXT = 4_000

export type CaseKind = 'message' | 'attachment' | 'note'

const meeting = z.strictObject({
  /** Milliseconds since 1970. */
  startsAt: z.number().min(0),
  minutes: z.int().min(5).max(240),
})
export type Meeting = z.infer<typeof meeting>

export const messageContent = z.strictObject({
  text: z.string().max(MOST_TEXT),
  /** A time that the writer proposes to meet. */
  meeting: meeting.nullable(),
})
export type MessageContent = z.infer<typeof messageContent>

const counts = z.strictObject({
  neutral: z.int(),
  happy: z.int(),
  sad: z.int(),
  surprise: z.int(),
  fear: z.int(),
  disgust: z.int(),
  anger: z.int(),
  contempt: z.int(),
  unclear: z.int(),
})
const classHead = { courseId: z.string(), classId: z.string(), startedAt: z.number() }

/** What the student chose to share of the own history. */
export const attachmentContent = z.discriminatedUnion('share', [
  z.strictObject({ share: z.literal('nothing') }),
  z.strictObject({
    share: z.literal('summary'),
    classes: z.array(z.strictObject({ ...classHead, counts })),
  }),
  z.strictObject({
    share: z.literal('readings'),
    /** Interval, index of the emotion (-1: unclear), engagement. */
    classes: z.array(
      z.strictObject({ ...classHead, readings: z.array(z.tuple([z.int(), z.int(), z.int()])) }),
    ),
    /** True: older classes had no room. */
    cut: z.boolean(),
  }),
])
export type AttachmentContent = z.infer<typeof attachmentContent>
/** Bytes of JSON that an attachment can hold. */
export const ATTACHMENT_ROOM = ATTACHMENT_BYTES - LENGTH_BYTES - SIGNATURE_BYTES

/** Where a piece belongs and who wrote it. */
export interface CasePlace {
  readonly caseId: string
  readonly authorId: string
  readonly kind: CaseKind
}

/** Signs, pads and encrypts a piece. @throws VaultError `bad-format` where it has no room */
export function sealPiece(
  place: CasePlace,
  content: MessageContent | AttachmentContent,
  signKey: Uint8Array,
  contentKey: Uint8Array,
): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(content))
  const needed = LENGTH_BYTES + json.length
  const size =
    place.kind === 'attachment'
      ? ATTACHMENT_BYTES - SIGNATURE_BYTES
      : Math.ceil(needed / STEP_BYTES) * STEP_BYTES
  if (needed > size) throw new VaultError('bad-format')
  const padded = new Uint8Array(size)
  padded.set(new ByteWriter().u32(json.length).done())
  padded.set(json, LENGTH_BYTES)
  const signed = signDocument('attune/case/1', concat(placeBytes(place), padded), signKey)
  // The place is not sent: whoever opens knows it, and has to be right.
  return lock(concat(signed.slice(0, SIGNATURE_BYTES), padded), purposeOf(place), contentKey)
}

/**
 * Opens a piece, once its author's signature holds.
 * @throws VaultError `cannot-open`, `bad-signature`, `bad-format`
 */
export function openPiece<T>(
  place: CasePlace,
  box: Uint8Array,
  contentKey: Uint8Array,
  authorKey: Uint8Array,
  schema: z.ZodType<T>,
): T {
  const plain = unlock(box, purposeOf(place), contentKey)
  const padded = plain.slice(SIGNATURE_BYTES)
  const document = concat(plain.slice(0, SIGNATURE_BYTES), placeBytes(place), padded)
  verifyDocument('attune/case/1', document, authorKey)
  const reader = new ByteReader(padded)
  const json = reader.bytes(reader.u32())
  reader.zerosToEnd()
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json)))
  } catch (cause) {
    throw new VaultError('bad-format', { cause })
  }
}

/** The student's word that this person, by this key, may help in this case. */
export interface CaseShare {
  readonly caseId: string
  readonly helperId: string
  readonly boxPublicKey: Uint8Array
}

export function signShare(share: CaseShare, signKey: Uint8Array): Uint8Array {
  return signDocument('attune/case-share/1', shareBytes(share), signKey)
}

/**
 * The box key of a helper as the student signed it.
 * @throws VaultError `bad-signature`, `bad-format`
 */
export function verifyShare(
  document: Uint8Array,
  caseId: string,
  helperId: string,
  studentKey: Uint8Array,
): Uint8Array {
  const reader = new ByteReader(verifyDocument('attune/case-share/1', document, studentKey))
  const claimed = { caseId: reader.id(), helperId: reader.id() }
  const boxPublicKey = reader.bytes(sodium.crypto_box_PUBLICKEYBYTES)
  reader.end()
  if (claimed.caseId !== caseId || claimed.helperId !== helperId) {
    throw new VaultError('bad-signature')
  }
  return boxPublicKey
}

function shareBytes({ caseId, helperId, boxPublicKey }: CaseShare): Uint8Array {
  return new ByteWriter().id(caseId).id(helperId).bytes(boxPublicKey, 32).done()
}

const KINDS: readonly CaseKind[] = ['message', 'attachment', 'note']

function placeBytes({ caseId, authorId, kind }: CasePlace): Uint8Array {
  return new ByteWriter().id(caseId).id(authorId).u8(KINDS.indexOf(kind)).done()
}

function purposeOf({ caseId, authorId, kind }: CasePlace): string {
  return `attune/case/1\0${caseId}\0${authorId}\0${kind}`
}
