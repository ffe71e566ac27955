/**
 * Reading and writing of canonical binary: big-endian integers, ids as their 16 bytes, texts with a length. A reader
 * refuses what is too short, too long or not canonical, so that one value has exactly one encoding and a signature
 * covers exactly what was read. It knows nothing of what the bytes mean.
 */
import { VaultError } from '../errors.ts'
import { sodium } from '../sodium.ts'

export class ByteWriter {
  readonly #parts: number[] = []

  u8(value: number): this {
    return this.#integer(value, 1)
  }

  u16(value: number): this {
    return this.#integer(value, 2)
  }

  u32(value: number): this {
    return this.#integer(value, 4)
  }

  /** Six bytes: milliseconds since 1970 fit until the year 10889. */
  time(value: number): this {
    return this.#integer(value, 6)
  }

  bytes(value: Uint8Array, size: number): this {
    if (value.length !== size) throw new VaultError('bad-format')
    this.#parts.push(...value)
    return this
  }

  /** A lower-case UUID as its 16 bytes. */
  id(value: string): this {
    return this.bytes(idToBytes(value), 16)
  }

  /** UTF-8 with its length before it; at most 255 bytes. */
  text(value: string): this {
    const encoded = new TextEncoder().encode(value)
    if (encoded.length > 255) throw new VaultError('bad-format')
    return this.u8(encoded.length).bytes(encoded, encoded.length)
  }

  /** Zeros up to `size` bytes in all. */
  padTo(size: number): this {
    if (this.#parts.length > size) throw new VaultError('bad-format')
    while (this.#parts.length < size) this.#parts.push(0)
    return this
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#parts)
  }

  #integer(value: number, size: number): this {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * size)) {
      throw new VaultError('bad-format')
    }
    for (let shift = size - 1; shift >= 0; shift--) {
      this.#parts.push(Math.floor(value / 2 ** (8 * shift)) % 256)
    }
    return this
  }
}

export class ByteReader {
  readonly #source: Uint8Array
  #at = 0

  constructor(source: Uint8Array) {
    this.#source = source
  }

  u8(): number {
    return this.#integer(1)
  }

  u16(): number {
    return this.#integer(2)
  }

  u32(): number {
    return this.#integer(4)
  }

  time(): number {
    return this.#integer(6)
  }

  /** A copy of the next `size` bytes. */
  bytes(size: number): Uint8Array {
    if (this.#at + size > this.#source.length) throw new VaultError('bad-format')
    this.#at += size
    return this.#source.slice(this.#at - size, this.#at)
  }

  id(): string {
    return bytesToId(this.bytes(16))
  }

  text(): string {
    const encoded = this.bytes(this.u8())
    let value: string
    try {
      value = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(encoded)
    } catch (cause) {
      throw new VaultError('bad-format', { cause })
    }
    return value
  }

  /** Reads one of `allowed`. */
  oneOf<const T extends number>(allowed: readonly T[]): T {
    const value = this.u8()
    const found = allowed.find((one) => one === value)
    if (found === undefined) throw new VaultError('bad-format')
    return found
  }

  /** `size` zeros, and nothing else. */
  zeros(size: number): void {
    if (this.bytes(size).some((byte) => byte !== 0)) throw new VaultError('bad-format')
  }

  /** Zeros to the end. */
  zerosToEnd(): void {
    this.zeros(this.#source.length - this.#at)
  }

  /** Nothing may be left. */
  end(): void {
    if (this.#at !== this.#source.length) throw new VaultError('bad-format')
  }

  #integer(size: number): number {
    let value = 0
    for (const byte of this.bytes(size)) value = value * 256 + byte
    return value
  }
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** @throws VaultError `bad-format` when `id` is not a lower-case UUID */
export function idToBytes(id: string): Uint8Array {
  if (!ID.test(id)) throw new VaultError('bad-format')
  return sodium.from_hex(id.replaceAll('-', ''))
}

export function bytesToId(bytes: Uint8Array): string {
  const hex = sodium.to_hex(bytes)
  const cut = (from: number, to: number): string => hex.slice(from, to)
  return `${cut(0, 8)}-${cut(8, 12)}-${cut(12, 16)}-${cut(16, 20)}-${cut(20, 32)}`
}

/**
 * Base64url without padding to bytes.
 * @param size the exact size wanted, when there is one
 * @throws VaultError `bad-format`
 */
export function fromB64u(text: string, size?: number): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = sodium.from_base64(text, sodium.base64_variants.URLSAFE_NO_PADDING)
  } catch (cause) {
    throw new VaultError('bad-format', { cause })
  }
  if (size !== undefined && bytes.length !== size) throw new VaultError('bad-format')
  return bytes
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

export function hex(bytes: Uint8Array): string {
  return sodium.to_hex(bytes)
}
