/**
 * Reads one picture and makes the small copy that the page shows, draws boxes on, and may submit. The copy never leaves
 * the tab but by the person's wish.
 */
import type { FaceReading, Reader } from '../../_emotion/reader.ts'
import { MOST_FACES } from './analyzer.ts'

/** The longest side of the copy. */
const PREVIEW_SIDE = 1_600

export async function readPicture(reader: Pick<Reader, 'analyzeImage'>, bitmap: ImageBitmap) {
  const scale = Math.min(1, PREVIEW_SIDE / Math.max(bitmap.width, bitmap.height))
  const width = Math.max(1, Math.round(bitmap.width * scale))
  const height = Math.max(1, Math.round(bitmap.height * scale))
  const canvas = new OffscreenCanvas(width, height)
  const g = canvas.getContext('2d')
  if (g === null) throw new TypeError('no 2D canvas')
  g.fillStyle = 'white'
  g.fillRect(0, 0, width, height)
  g.imageSmoothingQuality = 'high'
  g.drawImage(bitmap, 0, 0, width, height)
  const preview = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
  const found = await reader.analyzeImage(bitmap, MOST_FACES)
  const faces = found.map((face): FaceReading => ({
    ...face,
    box: {
      x: face.box.x * scale,
      y: face.box.y * scale,
      width: face.box.width * scale,
      height: face.box.height * scale,
    },
  }))
  return { faces, preview, width, height }
}
