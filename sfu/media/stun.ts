/**
 * One ICE connectivity check, as a browser sends it (RFC 8489, RFC 8445): enough to see whether UDP
 * reaches a media port and an answer comes back. It negotiates nothing.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const COOKIE = 0x21_12_a4_42
const BINDING_REQUEST = 0x00_01
const HEADER_BYTES = 20
const INTEGRITY_BYTES = 24
const FINGERPRINT_BYTES = 8
const FINGERPRINT_MASK = 0x53_54_55_4e

const USERNAME = 0x00_06
const PRIORITY = 0x00_24
const INTEGRITY = 0x00_08
const CONTROLLING = 0x80_2a
const FINGERPRINT = 0x80_28

/** A binding request to who has these ICE parameters, and the id that its answer carries. */
export function bindingRequest(ice: { usernameFragment: string; password: string }): {
  message: Buffer
  transaction: Buffer
} {
  const transaction = randomBytes(12)
  const priority = Buffer.alloc(4)
  priority.writeUInt32BE(1)
  const body = Buffer.concat([
    attribute(USERNAME, Buffer.from(`${ice.usernameFragment}:probe`)),
    attribute(PRIORITY, priority),
    attribute(CONTROLLING, randomBytes(8)),
  ])
  const signed = Buffer.concat([header(transaction, body.length + INTEGRITY_BYTES), body])
  const integrity = createHmac('sha1', ice.password).update(signed).digest()
  const whole = Buffer.concat([body, attribute(INTEGRITY, integrity)])
  const printed = Buffer.concat([header(transaction, whole.length + FINGERPRINT_BYTES), whole])
  const fingerprint = Buffer.alloc(4)
  fingerprint.writeUInt32BE((crc32(printed) ^ FINGERPRINT_MASK) >>> 0)
  const message = Buffer.concat([printed, attribute(FINGERPRINT, fingerprint)])
  return { message, transaction }
}

/** Whether a datagram answers the request of that transaction, with whatever word. */
export function answers(datagram: Buffer, transaction: Buffer): boolean {
  if (datagram.length < HEADER_BYTES || datagram.readUInt32BE(4) !== COOKIE) return false
  return datagram.subarray(8, HEADER_BYTES).equals(transaction)
}

function header(transaction: Buffer, length: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16BE(BINDING_REQUEST, 0)
  bytes.writeUInt16BE(length, 2)
  bytes.writeUInt32BE(COOKIE, 4)
  return Buffer.concat([bytes, transaction])
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}
