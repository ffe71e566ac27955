/**
 * Where the pictures of a set come from: a folder or a .zip, seen alike. It must never read outside of it, whatever the
 * labels file says.
 */
import { readFile, stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import sharp from 'sharp'
import type { Pixels } from '../../app/_emotion/classifier.ts'
import { EvaluationError } from './errors.ts'
import { openZip } from './zip.ts'

/** A set's pictures by name. */
export interface PictureSource {
  /** The file's bytes, or null when it is not there. */
  read(name: string): Promise<Buffer | null>
  close(): Promise<void>
}

/**
 * Opens a folder or a .zip.
 * @throws EvaluationError when there is neither
 */
export async function openPictures(path: string): Promise<PictureSource> {
  const found = await stat(path).catch(() => null)
  if (found === null) throw new EvaluationError(`${path} does not exist.`)
  return found.isDirectory() ? openFolder(path) : openZip(path)
}

function openFolder(path: string): PictureSource {
  const root = resolve(path)
  return {
    read: async (name) => {
      const file = resolve(root, name)
      if (!file.startsWith(root + sep)) return null
      return readFile(file).catch(() => null)
    },
    close: () => Promise.resolve(),
  }
}

/**
 * Decodes a picture to red, green and blue, upright, transparency on black.
 * @throws Error when it is no picture
 */
export async function decode(file: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(file)
    .rotate()
    .toColourspace('srgb')
    .flatten({ background: '#000000' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: 3 }
}
