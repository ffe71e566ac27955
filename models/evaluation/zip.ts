/**
 * Reads single files out of a .zip without unpacking it, so that a large set needs little memory. Stored and deflated
 * entries; it must never write anything, and refuses what it does not understand (encryption, zip64 beyond its table).
 */
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { EvaluationError } from './errors.ts'

const inflate = promisify(inflateRaw)

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const STORED = 0
const DEFLATED = 8
const LONGEST_END = 22 + 0xffff
const ENTRY_LENGTH = 46

interface Entry {
  readonly offset: number
  readonly packed: number
  readonly size: number
  readonly method: number
}

/** An open archive. */
export interface ZipArchive {
  readonly names: readonly string[]
  /**
   * The bytes of one file, or null when the archive has none of that name.
   * @throws EvaluationError when this one cannot be unpacked; others may be sound
   */
  read(name: string): Promise<Buffer | null>
  close(): Promise<void>
}

async function bytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  // A damaged length must not claim memory that no file needs.
  if (position + length > (await file.stat()).size)
    throw new EvaluationError('The .zip ends too early.')
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  if (bytesRead < length) throw new EvaluationError('The .zip ends too early.')
  return buffer
}

async function readDirectory(file: FileHandle): Promise<Map<string, Entry>> {
  const { size } = await file.stat()
  const length = Math.min(size, LONGEST_END)
  const tail = await bytes(file, size - length, length)
  let at = tail.length - 22
  while (at >= 0 && tail.readUInt32LE(at) !== END) at -= 1
  if (at < 0) throw new EvaluationError('This is no .zip, or it is cut short.')
  const count = tail.readUInt16LE(at + 10)
  const start = tail.readUInt32LE(at + 16)
  if (count === 0xffff || start === 0xffffffff)
    throw new EvaluationError('This .zip is too large to be read (zip64): unpack it into a folder.')
  const directory = await bytes(file, start, tail.readUInt32LE(at + 12))
  const entries = new Map<string, Entry>()
  for (let index = 0, place = 0; index < count; index += 1) {
    if (
      place + ENTRY_LENGTH > directory.length ||
      directory.readUInt32LE(place) !== ENTRY ||
      place + ENTRY_LENGTH + directory.readUInt16LE(place + 28) > directory.length
    )
      throw new EvaluationError('The table of the .zip is damaged.')
    const [nameLength, extra, comment] = [28, 30, 32].map((field) =>
      directory.readUInt16LE(place + field),
    ) as [number, number, number]
    const name = directory.toString('utf8', place + ENTRY_LENGTH, place + ENTRY_LENGTH + nameLength)
    entries.set(name, {
      method: directory.readUInt16LE(place + 10),
      packed: directory.readUInt32LE(place + 20),
      size: directory.readUInt32LE(place + 24),
      offset: directory.readUInt32LE(place + 42),
    })
    place += ENTRY_LENGTH + nameLength + extra + comment
  }
  return entries
}

async function readEntry(file: FileHandle, name: string, entry: Entry): Promise<Buffer> {
  const refuse = (how: string, cause?: unknown): never => {
    throw new EvaluationError(`${name} is ${how} in the .zip.`, { cause })
  }
  const damaged = (cause: unknown): never => refuse('damaged', cause)
  const head = await bytes(file, entry.offset, 30).catch(damaged)
  if (head.readUInt32LE(0) !== LOCAL) refuse('damaged')
  if ((head.readUInt16LE(6) & 1) !== 0) refuse('encrypted')
  if (entry.method !== STORED && entry.method !== DEFLATED) refuse('packed in an unknown way')
  const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  const packed = await bytes(file, start, entry.packed).catch(damaged)
  if (entry.method === STORED) return packed
  return inflate(packed, { maxOutputLength: Math.max(entry.size, 1) }).catch(damaged)
}

/**
 * Opens an archive.
 * @throws EvaluationError when it cannot be read, or is no .zip that this reader understands
 */
export async function openZip(path: string): Promise<ZipArchive> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new EvaluationError(`${path} cannot be read: check who may.`, { cause })
  })
  try {
    const entries = await readDirectory(file)
    return {
      names: [...entries.keys()],
      read: async (name) => {
        const entry = entries.get(name)
        return entry === undefined ? null : readEntry(file, name, entry)
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}
