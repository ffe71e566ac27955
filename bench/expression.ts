/**
 * `npm run bench -- expression`: our expression model against those of two libraries that browsers can load (face-api's
 * expression net, Human's emotion model), on the same pictures, the same backend and the same machine, in turns; and the
 * whole way from a picture to a reading against face-api's. It must never report a time that was not measured in the same
 * run as the others.
 */
import { existsSync, statSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { SetupError } from '../bin/setup/setup-error.ts'
import { openPage } from '../models/evaluation/browser/browser.ts'
import type { Answer } from '../models/evaluation/browser/compare.ts'
import { EvaluationError } from '../models/evaluation/errors.ts'
import { figuresOf } from '../models/evaluation/figures.ts'
import type { Prediction } from '../models/evaluation/figures.ts'
import { readLabels } from '../models/evaluation/labels.ts'
import type { LabelledPicture } from '../models/evaluation/labels.ts'
import { median } from '../models/evaluation/outcome.ts'
import { openPictures } from '../models/evaluation/pictures.ts'
import type { PictureSource } from '../models/evaluation/pictures.ts'
import { progress } from '../models/evaluation/report.ts'
import { thinned } from '../models/evaluation/thinned.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FACE_API = join(ROOT, 'node_modules/@vladmandic/face-api')
const SAMPLES = Array.from({ length: 6 }, (_, index) => `sample${index + 1}.jpg`)
const WARM_UP = 10
const PIPELINE_ROUNDS = 5

/** What one contender reached. */
interface Row {
  readonly name: string
  readonly accuracy: number | null
  readonly macroRecall: number | null
  /** Median of one crop, resize included. */
  readonly milliseconds: number
  readonly weightBytes: number | null
}

interface Options {
  readonly images: string | undefined
  readonly labels: string | undefined
  readonly split: string | undefined
  readonly humanModels: string | undefined
  readonly limit: number
  readonly json: string | undefined
}

function readOptions(): Options {
  const { values } = parseArgs({
    allowPositionals: true,
    options: {
      images: { type: 'string' },
      labels: { type: 'string' },
      split: { type: 'string' },
      'human-models': { type: 'string' },
      limit: { type: 'string', default: '1000' },
      json: { type: 'string' },
    },
  })
  const limit = Number(values.limit)
  if (!Number.isInteger(limit) || limit < 1)
    throw new EvaluationError('--limit is a whole number of pictures.')
  const { images, labels, split, json } = values
  if ((images === undefined) !== (labels === undefined))
    throw new EvaluationError('--images and --labels belong together.')
  return { images, labels, split, humanModels: values['human-models'], limit, json }
}

/** Labelled crops where a set is given; else the sample pictures, for times alone. */
async function picturesOf(options: Options): Promise<{
  readonly source: PictureSource
  readonly pictures: readonly LabelledPicture[]
  readonly labelled: boolean
}> {
  if (options.images === undefined || options.labels === undefined) {
    const pictures = Array.from({ length: 10 }).flatMap(() =>
      SAMPLES.map((file): LabelledPicture => ({ file, label: 'happy' })),
    )
    return { source: await openPictures(join(FACE_API, 'demo')), pictures, labelled: false }
  }
  const { pictures } = readLabels(await readFile(options.labels, 'utf8'), options.split)
  return {
    source: await openPictures(options.images),
    pictures: thinned(pictures, options.limit),
    labelled: true,
  }
}

/** A folder with what the page may ask for of the peers. */
async function gatherPeers(humanModels: string | undefined): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attune-peers-'))
  for (const part of ['dist/face-api.esm.js', 'model'])
    await cp(join(FACE_API, part), join(folder, 'face-api', part), { recursive: true })
  if (humanModels !== undefined)
    for (const file of ['emotion.json', 'emotion.bin'])
      await cp(join(humanModels, file), join(folder, 'human-models', file))
  return folder
}

function weightBytes(name: string, peers: string): number | null {
  const file = {
    Attune: join(ROOT, 'models/emotion/weights.bin'),
    'face-api': join(peers, 'face-api/model/face_expression_model.bin'),
    Human: join(peers, 'human-models/emotion.bin'),
  }[name]
  return file !== undefined && existsSync(file) ? statSync(file).size : null
}

function rowsOf(
  names: readonly string[],
  answers: readonly { readonly picture: LabelledPicture; readonly given: readonly Answer[] }[],
  labelled: boolean,
  peers: string,
): readonly Row[] {
  return names.map((name, place) => {
    const predictions = answers.map(({ picture, given }): Prediction => ({
      ...picture,
      probabilities: given[place]?.probabilities ?? null,
    }))
    const times = answers.slice(WARM_UP).flatMap(({ given }) => given[place]?.milliseconds ?? [])
    const figures = labelled ? figuresOf(predictions) : null
    return {
      name,
      accuracy: figures?.accuracy ?? null,
      macroRecall: figures?.macroRecall ?? null,
      milliseconds: median(times),
      weightBytes: weightBytes(name, peers),
    }
  })
}

const percent = (value: number | null): string =>
  value === null ? '–' : `${(value * 100).toFixed(1)} %`

function print(rows: readonly Row[], pipelines: { ours: number; faceApi: number }): void {
  const lines = rows.map(({ name, accuracy, macroRecall, milliseconds, weightBytes: bytes }) =>
    [
      name.padEnd(10),
      percent(accuracy).padStart(9),
      percent(macroRecall).padStart(13),
      milliseconds.toFixed(1).padStart(8),
      (bytes === null ? '–' : `${Math.round(bytes / 1024)} KB`).padStart(9),
    ].join(''),
  )
  const ratio = pipelines.ours / pipelines.faceApi
  process.stdout.write(
    [
      'model      accuracy  macro recall  ms/crop  weights',
      ...lines,
      '',
      `picture to reading: ours ${pipelines.ours.toFixed(0)} ms, face-api ${pipelines.faceApi.toFixed(0)} ms (${ratio.toFixed(2)} of it)`,
      '',
    ].join('\n'),
  )
}

async function main(): Promise<void> {
  const options = readOptions()
  const { source, pictures, labelled } = await picturesOf(options)
  const samples = await openPictures(join(FACE_API, 'demo'))
  const peers = await gatherPeers(options.humanModels)
  const { page, close } = await openPage('compare.html', {
    peers,
    picture: (index) =>
      index < pictures.length
        ? source.read(pictures[index]?.file ?? '')
        : samples.read(SAMPLES[index - pictures.length] ?? ''),
  })
  try {
    const names = await page.evaluate(() => window.comparison.loadClassifiers())
    const answers = []
    for (const [index, picture] of pictures.entries()) {
      const address = `/picture/${index}`
      const given = await page.evaluate((where) => window.comparison.classify(where), address)
      answers.push({ picture, given: given ?? [] })
      progress(answers.length, pictures.length)
    }
    await page.evaluate(() => window.comparison.loadPipelines())
    const times = []
    for (let round = 0; round <= PIPELINE_ROUNDS; round += 1)
      for (let index = 0; index < SAMPLES.length; index += 1) {
        const address = `/picture/${pictures.length + index}`
        const pair = await page.evaluate((where) => window.comparison.read(where), address)
        if (round > 0) times.push(pair)
      }
    const pipelines = {
      ours: median(times.map(({ ours }) => ours)),
      faceApi: median(times.map(({ faceApi }) => faceApi)),
    }
    const rows = rowsOf(names, answers, labelled, peers)
    print(rows, pipelines)
    if (options.json !== undefined)
      await writeFile(options.json, `${JSON.stringify({ n: pictures.length, rows, pipelines })}\n`)
  } finally {
    await close()
    await source.close()
    await samples.close()
    await rm(peers, { recursive: true })
  }
}

await main().catch((error: unknown) => {
  if (!(error instanceof EvaluationError || error instanceof SetupError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
