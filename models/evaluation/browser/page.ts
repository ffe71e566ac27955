/**
 * The page that the evaluation drives: the product's own reader, one picture at a time. It must never do anything to a
 * picture that a class would not.
 */
import { createReader } from '../../../app/_emotion/reader.ts'

/** What one picture gave: the largest face's probabilities, or null without a face. */
export interface PageReading {
  readonly probabilities: readonly number[] | null
  /** False when the browser could not decode the file. */
  readonly readable: boolean
  readonly milliseconds: number
}

declare global {
  interface Window {
    /** Resolves when the models are loaded. */
    evaluationReady: Promise<void>
    evaluatePicture: (address: string) => Promise<PageReading>
  }
}

const reader = createReader()

window.evaluationReady = reader.load()

window.evaluatePicture = async (address) => {
  const response = await fetch(address)
  const bitmap = await createImageBitmap(await response.blob()).catch(() => null)
  if (bitmap === null) return { probabilities: null, readable: false, milliseconds: 0 }
  const start = performance.now()
  const [face] = await reader.analyzeImage(bitmap, 1)
  const milliseconds = performance.now() - start
  return { probabilities: face?.probabilities ?? null, readable: true, milliseconds }
}
