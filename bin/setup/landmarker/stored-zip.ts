/**
 * A zip archive of stored (not compressed) entries whose data starts at multiples of 64 bytes, as
 * MediaPipe's task bundles need it. The same entries give the same bytes: no time is written.
 */
import { crc32 } from 'node:zlib'

const ALIGNMENT = 64
const LOCAL_HEADER = 30
const CENTRAL_HEADER = 46
const END_RECORD = 22
const VERSION = 10
/** 1 January 1980, the first date of the format. */
const DATE = 0x21
/** Extra field that holds padding, as Android's zipalign writes it. */
const PADDING_ID = 0xd935
const EXTRA_HEADER = 4

export type ZipEntry = readonly [name: string, data: Uint8Array]

function paddingAt(position: number): number {
  const missing = (ALIGNMENT - (position % ALIGNMENT)) % ALIGNMENT
  return missing > 0 && missing < EXTRA_HEADER ? missing + ALIGNMENT : missing
}

/** Writes what a local and a central header have in common, from `at` on. */
function writeCommon(header: Buffer, at: number, name: Buffer, data: Uint8Array): void {
  header.writeUInt16LE(VERSION, at)
  header.writeUInt16LE(DATE, at + 8)
  header.writeUInt32LE(crc32(data), at + 10)
  header.writeUInt32LE(data.length, at + 14)
  header.writeUInt32LE(data.length, at + 18)
  header.writeUInt16LE(name.length, at + 22)
}

/** The archive's bytes. */
export function storedZip(entries: readonly ZipEntry[]): Buffer {
  const parts: Uint8Array[] = []
  const directory: Buffer[] = []
  let position = 0
  for (const [text, data] of entries) {
    const name = Buffer.from(text)
    const padding = paddingAt(position + LOCAL_HEADER + name.length)
    const local = Buffer.alloc(LOCAL_HEADER + name.length + padding)
    local.writeUInt32LE(0x04034b50, 0)
    writeCommon(local, 4, name, data)
    local.writeUInt16LE(padding, 28)
    name.copy(local, LOCAL_HEADER)
    if (padding > 0) {
      local.writeUInt16LE(PADDING_ID, LOCAL_HEADER + name.length)
      local.writeUInt16LE(padding - EXTRA_HEADER, LOCAL_HEADER + name.length + 2)
    }
    const central = Buffer.alloc(CENTRAL_HEADER + name.length)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(VERSION, 4)
    writeCommon(central, 6, name, data)
    central.writeUInt32LE(position, 42)
    name.copy(central, CENTRAL_HEADER)
    parts.push(local, data)
    directory.push(central)
    position += local.length + data.length
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0)
  const end = Buffer.alloc(END_RECORD)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(position, 16)
  return Buffer.concat([...parts, ...directory, end])
}
