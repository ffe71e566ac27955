/**
 * Boxes with labels on a canvas, for the live camera and for the annotated picture to download: a line in the emotion's
 * colour on a dark edge, so that it stands on any picture, and always its words. It must never keep a picture.
 */
import type { Box } from '../../_emotion/reader.ts'
import type { Emotion } from '../../_wire/emotions.ts'

/** The colours of `globals.css`, for canvases, which know no custom properties. */
export const CANVAS_COLOURS: Readonly<Record<Emotion | 'unclear', string>> = {
  neutral: '#56b4e9',
  happy: '#f0c419',
  sad: '#0072b2',
  surprise: '#f28e2b',
  fear: '#b07aa1',
  disgust: '#009e73',
  anger: '#c8442a',
  contempt: '#5b4636',
  unclear: '#a8a29a',
}

export interface Labelled {
  readonly box: Box
  readonly emotion: Emotion | null
  readonly lines: readonly string[]
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** The size of a face's words: smaller beside a small face, so that a crowd does not hide itself. */
export function unitOf(box: Box, largest: number): number {
  return Math.min(largest, Math.max(9, box.width / 6))
}

/** Draws every face. @param largest the size of the text in pixels of the canvas, where there is room for it */
export function drawFaces(g: Context, faces: readonly Labelled[], largest: number): void {
  g.textBaseline = 'top'
  for (const { box, emotion, lines } of faces) {
    const { x, y, width, height } = box
    const unit = unitOf(box, largest)
    g.font = `600 ${String(unit)}px 'Inter Variable', ui-sans-serif, system-ui, sans-serif`
    g.lineWidth = unit / 3
    g.strokeStyle = 'rgb(0 0 0 / 0.65)'
    g.strokeRect(x, y, width, height)
    g.lineWidth = unit / 6
    g.strokeStyle = CANVAS_COLOURS[emotion ?? 'unclear']
    g.strokeRect(x, y, width, height)
    const pad = unit / 3
    const labelWidth = Math.max(...lines.map((line) => g.measureText(line).width)) + 2 * pad
    const labelHeight = lines.length * unit * 1.25 + pad
    const left = Math.max(0, Math.min(x, g.canvas.width - labelWidth))
    const above = y - labelHeight - unit / 4
    const top = above >= 0 ? above : Math.min(y + height + unit / 4, g.canvas.height - labelHeight)
    g.fillStyle = 'rgb(20 18 15 / 0.86)'
    g.fillRect(left, top, labelWidth, labelHeight)
    g.fillStyle = 'white'
    for (const [index, line] of lines.entries()) {
      g.fillText(line, left + pad, top + pad / 2 + index * unit * 1.25)
    }
  }
}

/** A picture with its boxes, as a JPEG. */
export async function annotate(picture: Blob, faces: readonly Labelled[]): Promise<Blob> {
  const bitmap = await createImageBitmap(picture)
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const g = canvas.getContext('2d')
  if (g === null) throw new TypeError('no 2D canvas')
  g.drawImage(bitmap, 0, 0)
  bitmap.close()
  drawFaces(g, faces, Math.max(12, Math.round(Math.max(canvas.width, canvas.height) / 70)))
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
}
