/**
 * Opens a chosen file by its content: a picture as a bitmap of bounded size, upright, or a video for the sampler. A file
 * that cannot be read is a `FileProblem`; nothing of it leaves the tab.
 */
import { FileProblem, type Note } from './problems.ts'
import { readPictureHeader, type PictureHeader } from './picture-header.ts'

/** Pictures are scaled down to so many pixels before they are analysed: every face that can be read still can. */
const MOST_PIXELS = 24_000_000

/** Beyond so many pixels decoding alone may take down the tab: it needs four bytes each. */
const DECODABLE_PIXELS = 300_000_000

/** The largest file that is read into memory as a picture. */
const MOST_BYTES = 256 * 1024 * 1024

export type Opened =
  | { readonly kind: 'picture'; readonly bitmap: ImageBitmap; readonly notes: readonly Note[] }
  | { readonly kind: 'video' }

/** @throws FileProblem */
export async function openFile(file: Blob): Promise<Opened> {
  if (file.size === 0) throw new FileProblem('empty')
  const start = new Uint8Array(await file.slice(0, 4_100).arrayBuffer())
  if (readPictureHeader(start) !== null) return openPicture(file)
  // Fetched only where the first bytes are no picture's: its tables are large.
  const { fileTypeFromBuffer } = await import('file-type')
  const type = await fileTypeFromBuffer(start).catch(() => undefined)
  if (type !== undefined && /^(video|audio)\/|\/ogg$/.test(type.mime)) return { kind: 'video' }
  throw new FileProblem('wrong-type', type?.ext.toUpperCase() ?? '')
}

async function openPicture(file: Blob): Promise<Opened> {
  if (file.size > MOST_BYTES) throw new FileProblem('too-large')
  const header = readPictureHeader(new Uint8Array(await file.arrayBuffer()))
  if (header === null) throw new FileProblem('wrong-type')
  if (header.truncated) throw new FileProblem('truncated')
  if (header.width * header.height > DECODABLE_PIXELS) throw new FileProblem('too-large')
  const whole = await decode(file, header)
  const bitmap = await bounded(whole)
  return { kind: 'picture', bitmap, notes: notesOf(header, bitmap !== whole) }
}

async function decode(file: Blob, header: PictureHeader): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch (cause) {
    const foreign = header.format === 'heic' || header.format === 'avif'
    throw new FileProblem(foreign ? 'not-decodable' : 'damaged', header.format.toUpperCase(), {
      cause,
    })
  }
}

/** The picture itself, or a smaller one in its place. */
async function bounded(bitmap: ImageBitmap): Promise<ImageBitmap> {
  const pixels = bitmap.width * bitmap.height
  if (pixels <= MOST_PIXELS) return bitmap
  const scale = Math.sqrt(MOST_PIXELS / pixels)
  const small = await createImageBitmap(bitmap, {
    resizeWidth: Math.floor(bitmap.width * scale),
    resizeHeight: Math.floor(bitmap.height * scale),
    resizeQuality: 'medium',
  })
  bitmap.close()
  return small
}

function notesOf(header: PictureHeader, scaled: boolean): readonly Note[] {
  const said: readonly (readonly [Note, boolean])[] = [
    ['animated', header.animated],
    ['deep', header.deep],
    ['cmyk', header.cmyk],
    ['rotated', header.rotated],
    ['scaled', scaled],
  ]
  return said.flatMap(([note, holds]) => (holds ? [note] : []))
}
