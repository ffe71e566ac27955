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

/** What a set has under one name: bytes, or a sentence that says why there are none. */
export type PictureFile =
  | { readonly bytes: Buffer; readonly fault: null }
  | { readonly bytes: null; readonly fault: string }

/** A set's pictures by name. */
export interface PictureSource {
  /** Never rejects for one file that is missing or damaged: the others are to be read all the same. */
  read(name: string): Promise<PictureFile>
  close(): Promise<void>
}

/**
 * Opens a folder or a .zip.
 * @throws EvaluationError when there is neither
 */
export async function openPictures(path: string): Promise<PictureSource> {
  const found = await stat(path).catch(() => null)
  if (found === null) throw new EvaluationError(`${path} does not exist.`)
  return found.isDirectory() ? openFolder(path) : openArchive(path)
}

function fileOf(name: string, bytes: Buffer | null): PictureFile {
  return bytes === null ? { bytes, fault: `${name} is missing.` } : { bytes, fault: null }
}

async function openArchive(path: string): Promise<PictureSource> {
  const zip = await openZip(path)
  return {
    read: async (name) => {
      try {
        return fileOf(name, await zip.read(name))
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error
        return { bytes: null, fault: error.message }
      }
    },
    close: () => zip.close(),
  }
}

function openFolder(path: string): PictureSource {
  const root = resolve(path)
  return {
    read: async (name) => {
      const file = resolve(root, name)
      if (!file.startsWith(root + sep)) return fileOf(name, null)
      return fileOf(name, await readFile(file).catch(() => null))
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
