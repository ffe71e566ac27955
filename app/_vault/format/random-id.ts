/** Ids that a browser makes: random UUIDs (version 4), for what it signs before web knows of it. */
import { sodium } from '../sodium.ts'
import { bytesToId } from './bytes.ts'

export function randomId(): string {
  const bytes = sodium.randombytes_buf(16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytesToId(bytes)
}
