/**
 * What the first bytes of a file say it is, whatever its name: format and size of a picture, whether it moves, how deep
 * its colours are, whether it ends where it should. Pure; it decides nothing and decodes nothing.
 */

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic'

export interface PictureHeader {
  readonly format: PictureFormat
  /** Zero where the header does not say. */
  readonly width: number
  readonly height: number
  readonly animated: boolean
  /** More than eight bits a channel. */
  readonly deep: boolean
  readonly cmyk: boolean
  /** An EXIF orientation other than upright. */
  readonly rotated: boolean
  /** The file ends before its end mark. */
  readonly truncated: boolean
}

type Found = Partial<Omit<PictureHeader, 'format'>>

const PLAIN = {
  width: 0,
  height: 0,
  animated: false,
  deep: false,
  cmyk: false,
  rotated: false,
  truncated: false,
} as const

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

/** The header of a picture; null for everything else. A file that ends early is told, not thrown at. */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | null {
  const read = readerOf(bytes)
  if (read === null) return null
  const [format, parse] = read
  try {
    return { format, ...PLAIN, ...parse(bytes, view(bytes)) }
  } catch (error) {
    // A header that points behind the end of the file: it was cut.
    if (error instanceof RangeError) return { format, ...PLAIN, truncated: true }
    throw error
  }
}

type Parse = (bytes: Uint8Array, data: DataView) => Found

function readerOf(bytes: Uint8Array): readonly [PictureFormat, Parse] | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return ['jpeg', readJpeg]
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return ['png', readPng]
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return ['gif', readGif]
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return ['webp', readWebp]
  if (ascii(bytes, 4, 4) !== 'ftyp') return null
  const brands = ascii(bytes, 8, Math.min(64, bytes.length - 8))
  if (/avi[fs]/.test(brands)) return ['avif', readHeif]
  return /hei[cxms]|hev[cx]|mif1|msf1/.test(brands) ? ['heic', readHeif] : null
}

function readJpeg(bytes: Uint8Array, data: DataView): Found {
  let found: Found = {}
  let at = 2
  while (at < bytes.length) {
    // No mark where one has to be: damaged, which the decoder judges better.
    if (data.getUint8(at) !== 0xff) return found
    const marker = data.getUint8(at + 1)
    if (marker === 0xff) at += 1
    else {
      const length = data.getUint16(at + 2)
      if (isFrame(marker)) {
        found = {
          ...found,
          deep: data.getUint8(at + 4) > 8,
          height: data.getUint16(at + 5),
          width: data.getUint16(at + 7),
          cmyk: data.getUint8(at + 9) === 4,
        }
      } else if (marker === 0xe1 && ascii(bytes, at + 4, 4) === 'Exif') {
        found = { ...found, rotated: exifOrientation(bytes.subarray(at + 10)) > 1 }
      } else if (marker === 0xda) return { ...found, truncated: !endsJpeg(bytes, at + 2 + length) }
      at += 2 + length
    }
  }
  return { ...found, truncated: true }
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** Whether an end mark follows the picture's data (in which a 0xff is never followed by one). */
function endsJpeg(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xd9) return true
  }
  return false
}

function exifOrientation(tiff: Uint8Array): number {
  const data = view(tiff)
  const little = ascii(tiff, 0, 2) === 'II'
  const start = data.getUint32(4, little)
  const entries = data.getUint16(start, little)
  for (let entry = 0; entry < entries; entry += 1) {
    const at = start + 2 + entry * 12
    if (data.getUint16(at, little) === 0x0112) return data.getUint16(at + 8, little)
  }
  return 1
}

function readPng(bytes: Uint8Array, data: DataView): Found {
  const found = { width: data.getUint32(16), height: data.getUint32(20), deep: bytes[24] === 16 }
  let animated = false
  for (let at = 8; at + 12 <= bytes.length; at += 12 + data.getUint32(at)) {
    const type = ascii(bytes, at + 4, 4)
    if (type === 'acTL') animated = true
    if (type === 'IEND') return { ...found, animated }
  }
  return { ...found, animated, truncated: true }
}

function readGif(bytes: Uint8Array, data: DataView): Found {
  const size = { width: data.getUint16(6, true), height: data.getUint16(8, true) }
  const colours = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  let at = 13 + colours(data.getUint8(10))
  let frames = 0
  const skipBlocks = (): void => {
    while (data.getUint8(at) !== 0) at += 1 + data.getUint8(at)
    at += 1
  }
  while (at < bytes.length) {
    const kind = data.getUint8(at)
    if (kind === 0x3b) return { ...size, animated: frames > 1 }
    if (kind === 0x2c) {
      frames += 1
      at += 11 + colours(data.getUint8(at + 9))
    } else at += 2
    skipBlocks()
  }
  return { ...size, animated: frames > 1, truncated: true }
}

function readWebp(bytes: Uint8Array, data: DataView): Found {
  const truncated = data.getUint32(4, true) + 8 > bytes.length
  const kind = ascii(bytes, 12, 4)
  if (kind === 'VP8X') {
    const three = (at: number): number => data.getUint16(at, true) + data.getUint8(at + 2) * 65_536
    const animated = (data.getUint8(20) & 2) !== 0
    return { truncated, animated, width: three(24) + 1, height: three(27) + 1 }
  }
  if (kind === 'VP8L') {
    const bits = data.getUint32(21, true)
    return { truncated, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  const side = (at: number): number => data.getUint16(at, true) & 0x3fff
  return { truncated, width: side(26), height: side(28) }
}

/** Boxes inside boxes: the size is that of the largest `ispe`, since thumbnails have their own. */
function readHeif(bytes: Uint8Array, data: DataView): Found {
  let [width, height, deep] = [0, 0, false]
  let end = 0
  while (end + 8 <= bytes.length) {
    const length = data.getUint32(end)
    end =
      length === 0
        ? bytes.length
        : end + (length === 1 ? Number(data.getBigUint64(end + 8)) : length)
    if (length !== 0 && length !== 1 && length < 8) break
  }
  const header = Math.min(bytes.length, 65_536)
  for (let at = 0; at + 16 < header; at += 1) {
    const type = ascii(bytes, at, 4)
    if (type === 'ispe' && data.getUint32(at + 8) > width) {
      width = data.getUint32(at + 8)
      height = data.getUint32(at + 12)
    }
    if (type === 'pixi') deep ||= data.getUint8(at + 9) > 8
  }
  const animated = /avis|hevc|msf1/.test(ascii(bytes, 8, Math.min(24, bytes.length - 8)))
  return { width, height, deep, animated, truncated: end > bytes.length }
}
