/**
 * What travels in a case: messages, what the student attached, notes among helpers, and the student's word on who may
 * help. Each is signed by its author, padded and encrypted under a key of the case alone; the associated data ties it to
 * the case, the author and the kind, so that nothing can be passed off as something else. A message carries its author's
 * count and the mark of the newest message that its author had seen, so that one that is missing or moved is noticed. An
 * attachment has one size whatever was chosen, and a message grows in steps, so that sizes tell little.
 */
import * as z from 'zod'
import { ATTACHMENT_BYTES } from '../../_wire/support.ts'
import { VaultError } from '../errors.ts'
import { lock, unlock } from '../keys/box.ts'
import { hash, sodium } from '../sodium.ts'
import { ByteReader, ByteWriter, concat } from './bytes.ts'
import {
  KEY_ID_BYTES,
  SIGNATURE_BYTES,
  signDocument,
  unverifiedBody,
  verifyDocument,
  type KeyOf,
} from './signed.ts'

export const CASE_KEY_BYTES = 32
export const MARK_BYTES = 16
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
/** Before the padded text: whose key signed, which of the author's pieces it is, after which one it was written. */
const HEAD_BYTES = KEY_ID_BYTES + 4 + MARK_BYTES
/** Bytes of JSON that an attachment can hold. */
export const ATTACHMENT_ROOM = ATTACHMENT_BYTES - LENGTH_BYTES - SIGNATURE_BYTES - HEAD_BYTES

/** Where a piece belongs and who wrote it. */
export interface CasePlace {
  readonly caseId: string
  readonly authorId: string
  readonly kind: CaseKind
}

/** Where a message stands among the others. */
export interface CaseOrder {
  /** The author's own count, from 0. */
  readonly number: number
  /** Mark of the newest message that the author had seen. */
  readonly after: Uint8Array
}

/** Of the first message, and of whatever has no order. */
export const FIRST: CaseOrder = { number: 0, after: new Uint8Array(MARK_BYTES) }

/** By what a later message names this one: a hash of its box as web keeps it. */
export function markOf(box: Uint8Array): Uint8Array {
  return hash(box, MARK_BYTES)
}

/** Whose key signs, by its id. */
export interface Signer {
  readonly id: Uint8Array
  readonly signKey: Uint8Array
}

/** Signs, pads and encrypts a piece. @throws VaultError `bad-format` where it has no room */
export function sealPiece(
  place: CasePlace,
  content: MessageContent | AttachmentContent,
  signer: Signer,
  contentKey: Uint8Array,
  order: CaseOrder = FIRST,
): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(content))
  const needed = LENGTH_BYTES + json.length
  const size =
    place.kind === 'attachment'
      ? ATTACHMENT_BYTES - SIGNATURE_BYTES - HEAD_BYTES
      : Math.ceil(needed / STEP_BYTES) * STEP_BYTES
  if (needed > size) throw new VaultError('bad-format')
  const padded = new Uint8Array(size)
  padded.set(new ByteWriter().u32(json.length).done())
  padded.set(json, LENGTH_BYTES)
  const head = new ByteWriter()
    .bytes(signer.id, KEY_ID_BYTES)
    .u32(order.number)
    .bytes(order.after, MARK_BYTES)
    .done()
  const body = concat(placeBytes(place), head, padded)
  const signed = signDocument('attune/case/1', body, signer.signKey)
  // The place is not sent: whoever opens knows it, and has to be right.
  return lock(concat(signed.slice(0, SIGNATURE_BYTES), head, padded), purposeOf(place), contentKey)
}

export interface OpenedPiece<T> extends CaseOrder {
  readonly content: T
}

/**
 * Opens a piece, once its author's signature holds.
 * @throws VaultError `cannot-open`, `bad-signature`, `bad-format`
 */
export function openPiece<T>(
  place: CasePlace,
  box: Uint8Array,
  contentKey: Uint8Array,
  keyOf: KeyOf,
  schema: z.ZodType<T>,
): OpenedPiece<T> {
  const plain = unlock(box, purposeOf(place), contentKey)
  const signature = plain.slice(0, SIGNATURE_BYTES)
  const rest = plain.slice(SIGNATURE_BYTES)
  const reader = new ByteReader(rest)
  const signedBy = reader.bytes(KEY_ID_BYTES)
  const order = { number: reader.u32(), after: reader.bytes(MARK_BYTES) }
  const authorKey = keyOf(signedBy)
  if (!authorKey) throw new VaultError('bad-signature')
  verifyDocument('attune/case/1', concat(signature, placeBytes(place), rest), authorKey)
  const json = reader.bytes(reader.u32())
  reader.zerosToEnd()
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(json)
    return { content: schema.parse(JSON.parse(text)), ...order }
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

export function signShare(share: CaseShare, { id, signKey }: Signer): Uint8Array {
  const { caseId, helperId, boxPublicKey } = share
  const body = new ByteWriter()
    .id(caseId)
    .id(helperId)
    .bytes(boxPublicKey, 32)
    .bytes(id, KEY_ID_BYTES)
  return signDocument('attune/case-share/1', body.done(), signKey)
}

/**
 * The box key of a helper as the student signed it.
 * @throws VaultError `bad-signature`, `bad-format`
 */
export function verifyShare(
  document: Uint8Array,
  caseId: string,
  helperId: string,
  studentKeys: KeyOf,
): Uint8Array {
  const reader = new ByteReader(unverifiedBody(document))
  const claimed = { caseId: reader.id(), helperId: reader.id() }
  const boxPublicKey = reader.bytes(sodium.crypto_box_PUBLICKEYBYTES)
  const key = studentKeys(reader.bytes(KEY_ID_BYTES))
  reader.end()
  if (!key || claimed.caseId !== caseId || claimed.helperId !== helperId) {
    throw new VaultError('bad-signature')
  }
  verifyDocument('attune/case-share/1', document, key)
  return boxPublicKey
}

const KINDS: readonly CaseKind[] = ['message', 'attachment', 'note']

function placeBytes({ caseId, authorId, kind }: CasePlace): Uint8Array {
  return new ByteWriter().id(caseId).id(authorId).u8(KINDS.indexOf(kind)).done()
}

function purposeOf({ caseId, authorId, kind }: CasePlace): string {
  return `attune/case/1\0${caseId}\0${authorId}\0${kind}`
}
