/**
 * Documents of a course's roster: grants of roles and enrolments of students. Encoders and decoders
 * alone; who may grant what is the roster's business (`roster/roster.ts`).
 */
import { hash } from '../sodium.ts'
import type { CourseRole } from '../verbs.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { KEY_ID_BYTES } from './signed.ts'

const VERSION = 1
export const PUBLIC_KEY_BYTES = 32
export const FINGERPRINT_BYTES = 16

/** The order is the encoding: never change it. `none` takes every role away. */
export const GRANTED_ROLES = ['none', 'student', 'teacher', 'course-admin'] as const
export type GrantedRole = CourseRole | 'none'

/** Both public keys of an account. */
export interface PublicKeys {
  /** Ed25519, 32 bytes. */
  readonly sign: Uint8Array
  /** X25519, 32 bytes. */
  readonly box: Uint8Array
}

export interface Grant {
  readonly courseId: string
  /** Counts the grants of a course from 0, the root. */
  readonly number: number
  readonly accountId: string
  readonly role: GrantedRole
  readonly keys: PublicKeys
  /** The name as it was confirmed on screen. */
  readonly name: string
  readonly granterId: string
  /** Key id of the granter's Ed25519 key. */
  readonly granterKey: Uint8Array
  readonly at: number
}

export function encodeGrant(grant: Grant): Uint8Array {
  return new ByteWriter()
    .u8(VERSION)
    .id(grant.courseId)
    .u32(grant.number)
    .id(grant.accountId)
    .u8(GRANTED_ROLES.indexOf(grant.role))
    .bytes(grant.keys.sign, PUBLIC_KEY_BYTES)
    .bytes(grant.keys.box, PUBLIC_KEY_BYTES)
    .text(grant.name)
    .id(grant.granterId)
    .bytes(grant.granterKey, KEY_ID_BYTES)
    .time(grant.at)
    .done()
}

/** @throws VaultError `bad-format` */
export function decodeGrant(body: Uint8Array): Grant {
  const reader = new ByteReader(body)
  reader.oneOf([VERSION])
  const grant: Grant = {
    courseId: reader.id(),
    number: reader.u32(),
    accountId: reader.id(),
    role: GRANTED_ROLES[reader.oneOf([0, 1, 2, 3])],
    keys: { sign: reader.bytes(PUBLIC_KEY_BYTES), box: reader.bytes(PUBLIC_KEY_BYTES) },
    name: reader.text(),
    granterId: reader.id(),
    granterKey: reader.bytes(KEY_ID_BYTES),
    at: reader.time(),
  }
  reader.end()
  return grant
}

/** The fingerprint of a course's root: BLAKE2b-128 of the root grant's body. */
export function rootFingerprint(rootGrantBody: Uint8Array): Uint8Array {
  return hash(rootGrantBody, FINGERPRINT_BYTES)
}

/** A student's own word that these keys are theirs in this course, under this root. */
export interface Enrolment {
  readonly courseId: string
  readonly accountId: string
  readonly keys: PublicKeys
  readonly root: Uint8Array
  readonly at: number
}

export function encodeEnrolment(enrolment: Enrolment): Uint8Array {
  return new ByteWriter()
    .u8(VERSION)
    .id(enrolment.courseId)
    .id(enrolment.accountId)
    .bytes(enrolment.keys.sign, PUBLIC_KEY_BYTES)
    .bytes(enrolment.keys.box, PUBLIC_KEY_BYTES)
    .bytes(enrolment.root, FINGERPRINT_BYTES)
    .time(enrolment.at)
    .done()
}

/** @throws VaultError `bad-format` */
export function decodeEnrolment(body: Uint8Array): Enrolment {
  const reader = new ByteReader(body)
  reader.oneOf([VERSION])
  const enrolment: Enrolment = {
    courseId: reader.id(),
    accountId: reader.id(),
    keys: { sign: reader.bytes(PUBLIC_KEY_BYTES), box: reader.bytes(PUBLIC_KEY_BYTES) },
    root: reader.bytes(FINGERPRINT_BYTES),
    at: reader.time(),
  }
  reader.end()
  return enrolment
}
