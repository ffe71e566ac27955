/**
 * Pictures that are face crops already, read by the network in Node. It must never stop at one that cannot be read: that
 * one is named and has no probabilities, which counts as wrong.
 */
import type { Classifier } from '../../app/_emotion/classifier.ts'
import type { Prediction } from './figures.ts'
import type { LabelledPicture } from './labels.ts'
import type { Outcome } from './outcome.ts'
import { median } from './outcome.ts'
import { decode } from './pictures.ts'
import type { PictureSource } from './pictures.ts'
import { createCounter } from './counter.ts'

/** Reads every picture, and disposes of the classifier. */
export async function classifyCrops(
  pictures: readonly LabelledPicture[],
  source: PictureSource,
  classifier: Pick<Classifier, 'classify' | 'dispose'>,
): Promise<Outcome> {
  const predictions: Prediction[] = []
  const times: number[] = []
  const count = createCounter(pictures.length)
  for (const { file, label } of pictures) {
    const { bytes, fault } = await source.read(file)
    const pixels = bytes === null ? null : await decode(bytes).catch(() => null)
    if (pixels === null) process.stderr.write(`\n${fault ?? `${file} is no picture.`}\n`)
    const start = performance.now()
    const probabilities = pixels === null ? null : await classifier.classify(pixels)
    if (probabilities !== null) times.push(performance.now() - start)
    predictions.push({ file, label, probabilities })
    count(predictions.length)
  }
  classifier.dispose()
  return { predictions, milliseconds: median(times) }
}
