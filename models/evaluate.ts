/**
 * `npm run model:evaluate`: runs the shipped model over a labelled set and says how well it does. It must never write a
 * file, and never send a picture anywhere.
 */
import { readFile } from 'node:fs/promises'
import type { Classifier } from '../app/_emotion/classifier.ts'
import { createProgress } from '../bin/setup/progress.ts'
import { SetupError } from '../bin/setup/setup-error.ts'
import { USAGE, parseArguments } from './evaluation/arguments.ts'
import type { EvaluationOptions } from './evaluation/arguments.ts'
import { loadModel } from './evaluation/classifier.ts'
import { classifyCrops } from './evaluation/crops.ts'
import { detectFaces } from './evaluation/detect.ts'
import { EvaluationError } from './evaluation/errors.ts'
import { figuresOf } from './evaluation/figures.ts'
import { readLabels } from './evaluation/labels.ts'
import { openPictures } from './evaluation/pictures.ts'
import { reportOf } from './evaluation/report.ts'

async function evaluate(options: EvaluationOptions): Promise<void> {
  const text = await readFile(options.labels, 'utf8').catch(() => null)
  if (text === null) throw new EvaluationError(`${options.labels} cannot be read.`)
  const { pictures, unlabelled } = readLabels(text, options.split)
  const source = await openPictures(options.images)
  try {
    const { predictions, milliseconds } = await (options.faces === 'crop'
      ? classifyCrops(pictures, source, await loadNamedModel())
      : detectFaces(pictures, source))
    const figures = figuresOf(predictions)
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ ...figures, unlabelled, milliseconds, predictions })}\n`
        : reportOf(figures, milliseconds, unlabelled),
    )
  } finally {
    await source.close()
  }
}

function loadNamedModel(): Promise<Classifier> {
  createProgress().note('Loading the model')
  return loadModel(process.env['ATTUNE_MODEL'] || undefined)
}

if (process.argv.includes('--help')) {
  process.stdout.write(`${USAGE}\n`)
} else {
  await evaluate(parseArguments(process.argv.slice(2))).catch((error: unknown) => {
    if (!(error instanceof EvaluationError || error instanceof SetupError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
}
