/**
 * The bytes of a submitted result: a signed document (header as JSON, then the picture), padded to a few sizes so
 * that its length tells nothing, under a random content key that is sealed to each recipient. The header names the
 * result and its recipients, so that no box passes for another. It knows nothing of web.
 */
import * as z from 'zod'
import { EMOTIONS } from '../../_wire/emotions.ts'
import { RESULT_BYTES, RESULT_STEP } from '../../_wire/results.ts'
import { VaultError } from '../errors.ts'
import { concat, fromB64u } from '../format/bytes.ts'
import {
  SIGNATURE_BYTES,
  signDocument,
  unverifiedBody,
  verifyDocument,
  type KeyOf,
} from '../format/signed.ts'
import { lock, unlock } from '../keys/box.ts'
import { forget } from '../keys/password.ts'
import { sodium, toB64u } from '../sodium.ts'

const fraction = z.number().min(0).max(1)
const emotion = z.enum(EMOTIONS)

/** One face of a submitted picture; box in fractions of the picture. */
export const resultFaceSchema = z.strictObject({
  emotion: emotion.nullable(),
  confidence: fraction,
  engagement: z.int().min(0).max(4),
  quality: z.int().min(0).max(7),
  probabilities: z.array(fraction).length(EMOTIONS.length),
  box: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
})

/** What a person wishes to be reviewed, without the picture. */
export const resultTextSchema = z.strictObject({
  /** When it was read, milliseconds since 1970. */
  takenAt: z.int().min(0),
  faces: z.array(resultFaceSchema).max(100),
  /** The person's own words with it. */
  note: z.string().max(500),
})
export type ResultText = z.infer<typeof resultTextSchema>

const headerSchema = resultTextSchema.extend({
  version: z.literal(1),
  id: z.string(),
  senderId: z.string(),
  recipients: z.array(z.string()),
  /** Id of the key that signs, since a sender's keys may be renewed before anybody opens this. */
  signerKey: z.string(),
  pictureBytes: z.int().min(0),
})

export interface ResultContent extends ResultText {
  /** A JPEG. */
  readonly picture: Uint8Array
}

/** Who a sealed result is from and for. */
export interface ResultAddress {
  readonly id: string
  readonly senderId: string
  readonly recipients: readonly string[]
}

const OVERHEAD = SIGNATURE_BYTES + 4

function purpose(id: string): string {
  return `attune/result/1\0${id}`
}

/** A box under a new content key. @throws VaultError `result-too-large` */
export function sealResult(
  content: ResultContent,
  address: ResultAddress,
  signer: { readonly id: Uint8Array; readonly signKey: Uint8Array },
): { box: Uint8Array; contentKey: Uint8Array } {
  const { picture, ...text } = content
  const header = new TextEncoder().encode(
    JSON.stringify({
      version: 1,
      ...address,
      ...text,
      signerKey: toB64u(signer.id),
      pictureBytes: picture.length,
    }),
  )
  const filled = OVERHEAD + header.length + picture.length
  const padded = Math.ceil(filled / RESULT_STEP) * RESULT_STEP
  if (padded > RESULT_BYTES) throw new VaultError('result-too-large')
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, header.length)
  const body = concat(length, header, picture, new Uint8Array(padded - filled))
  const contentKey = sodium.randombytes_buf(32)
  const document = signDocument('attune/result/1', body, signer.signKey)
  return { box: lock(document, purpose(address.id), contentKey), contentKey }
}

export interface SealedResult {
  readonly id: string
  readonly senderId: string
  /** The sender's Ed25519 keys, now and before, by their ids. */
  readonly senderKey: KeyOf
  readonly key: Uint8Array
  readonly box: Uint8Array
}

interface Reader {
  readonly accountId: string
  /** Opens what was sealed to this reader, now or before the keys were renewed. */
  readonly openSealed: (box: Uint8Array) => Uint8Array
}

/**
 * Opens a result that was sent to this reader.
 * @throws VaultError `cannot-open`, `bad-signature`, `bad-format` when it is another's, or altered
 */
export function openSealedResult(sealed: SealedResult, reader: Reader): ResultContent {
  const contentKey = reader.openSealed(sealed.key)
  try {
    const document = unlock(sealed.box, purpose(sealed.id), contentKey)
    const { header, picture } = readBody(unverifiedBody(document))
    const signKey = sealed.senderKey(fromB64u(header.signerKey))
    if (!signKey) throw new VaultError('bad-signature')
    verifyDocument('attune/result/1', document, signKey)
    const right =
      header.id === sealed.id &&
      header.senderId === sealed.senderId &&
      header.recipients.includes(reader.accountId)
    if (!right) throw new VaultError('bad-format')
    const { takenAt, faces, note } = header
    return { takenAt, faces, note, picture }
  } finally {
    forget(contentKey)
  }
}

function readBody(body: Uint8Array): { header: z.infer<typeof headerSchema>; picture: Uint8Array } {
  if (body.length < 4) throw new VaultError('bad-format')
  const end = 4 + new DataView(body.buffer, body.byteOffset).getUint32(0)
  if (end > body.length) throw new VaultError('bad-format')
  const header = readHeader(body.slice(4, end))
  if (end + header.pictureBytes > body.length) throw new VaultError('bad-format')
  return { header, picture: body.slice(end, end + header.pictureBytes) }
}

function readHeader(bytes: Uint8Array): z.infer<typeof headerSchema> {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch (cause) {
    throw new VaultError('bad-format', { cause })
  }
}
