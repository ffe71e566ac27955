/**
 * A notice: whether one student is flagged after one class. Every student of the class gets one, signed by a teacher
 * and sealed to the student, of one size whatever it says; nothing outside the sealed box may depend on what is in it.
 */
import { NOTICE_BOX_BYTES } from '../../_wire/notices.ts'
import { VaultError } from '../errors.ts'
import { sodium } from '../sodium.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { KEY_ID_BYTES, SIGNATURE_BYTES, signDocument } from './signed.ts'

const VERSION = 1
const SEAL_BYTES = 48
const BODY_BYTES = NOTICE_BOX_BYTES - SIGNATURE_BYTES - SEAL_BYTES

export interface Notice {
  readonly courseId: string
  /** The class after which it was made. */
  readonly classId: string
  readonly recipientId: string
  readonly signerId: string
  readonly signerKey: Uint8Array
  readonly ruleVersion: number
  /** The class that a flag speaks of (`flagOf`); null: not flagged. */
  readonly flag: string | null
}

const NO_FLAG = '00000000-0000-0000-0000-000000000000'

export function encodeNotice(notice: Notice): Uint8Array {
  return new ByteWriter()
    .u8(VERSION)
    .id(notice.courseId)
    .id(notice.classId)
    .id(notice.recipientId)
    .id(notice.signerId)
    .bytes(notice.signerKey, KEY_ID_BYTES)
    .u8(notice.ruleVersion)
    .u8(notice.flag === null ? 0 : 1)
    .id(notice.flag ?? NO_FLAG)
    .padTo(BODY_BYTES)
    .done()
}

/** @throws VaultError `bad-format` */
export function decodeNotice(body: Uint8Array): Notice {
  if (body.length !== BODY_BYTES) throw new VaultError('bad-format')
  const reader = new ByteReader(body)
  reader.oneOf([VERSION])
  const head = {
    courseId: reader.id(),
    classId: reader.id(),
    recipientId: reader.id(),
    signerId: reader.id(),
    signerKey: reader.bytes(KEY_ID_BYTES),
    ruleVersion: reader.u8(),
  }
  const flagged = reader.oneOf([0, 1]) === 1
  const flag = reader.id()
  if (!flagged && flag !== NO_FLAG) throw new VaultError('bad-format')
  reader.zerosToEnd()
  return { ...head, flag: flagged ? flag : null }
}

/** Signs and seals a notice to its student. */
export function sealNotice(
  notice: Notice,
  signKey: Uint8Array,
  studentBoxKey: Uint8Array,
): Uint8Array {
  const signed = signDocument('attune/notice/1', encodeNotice(notice), signKey)
  return sodium.crypto_box_seal(signed, studentBoxKey)
}

/** What stands in a full set for somebody whose key nobody vouches for: it looks like any other and opens for nobody. */
export function blankNotice(): Uint8Array {
  return sodium.crypto_box_seal(
    new Uint8Array(BODY_BYTES + SIGNATURE_BYTES),
    sodium.crypto_box_keypair().publicKey,
  )
}

/**
 * The signed document in a box, of which nothing is verified yet.
 * @param keys the recipient's, older ones included: the box may have waited while they were renewed
 * @throws VaultError
 */
export function openNotice(
  box: Uint8Array,
  keys: { openSealed(box: Uint8Array): Uint8Array },
): Uint8Array {
  if (box.length !== NOTICE_BOX_BYTES) throw new VaultError('bad-format')
  return keys.openSealed(box)
}
