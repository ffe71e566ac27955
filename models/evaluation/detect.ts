/**
 * The whole pipeline as students' browsers run it (face, points, crop, class), over a labelled set, in Chromium. It must
 * never fall back to the picture as a crop: a face that is not found counts as wrong.
 */
import { createProgress } from '../../bin/setup/progress.ts'
import type { LabelledPicture } from './labels.ts'
import { openPage } from './browser/browser.ts'
import type { PageReading } from './browser/page.ts'
import type { Outcome } from './outcome.ts'
import { median } from './outcome.ts'
import type { Prediction } from './figures.ts'
import type { PictureSource } from './pictures.ts'
import { createCounter } from './counter.ts'

/** Reads the largest face of every picture. */
export async function detectFaces(
  pictures: readonly LabelledPicture[],
  source: PictureSource,
): Promise<Outcome> {
  const step = createProgress().step('Building the page that reads, and starting a browser')
  const faults = new Map<number, string>()
  const { page, close } = await openPage('page.html', {
    picture: async (index) => {
      const read = await source.read(pictures[index]?.file ?? '')
      if (read.fault !== null) faults.set(index, read.fault)
      return read.bytes
    },
  })
  try {
    step.update('loading the analysis')
    await page.waitForFunction(() => window.evaluationReady.then(() => true), null, {
      timeout: 120_000,
    })
    step.done()
    const predictions: Prediction[] = []
    const times: number[] = []
    const count = createCounter(pictures.length)
    for (const [index, { file, label }] of pictures.entries()) {
      const reading: PageReading = await page.evaluate(
        (address) => window.evaluatePicture(address),
        `/picture/${index}`,
      )
      if (!reading.readable)
        process.stderr.write(`\n${faults.get(index) ?? `${file} is no picture.`}\n`)
      else times.push(reading.milliseconds)
      predictions.push({ file, label, probabilities: reading.probabilities })
      count(predictions.length)
    }
    return { predictions, milliseconds: median(times) }
  } finally {
    await close()
  }
}
