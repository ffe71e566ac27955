/**
 * `npm run bench -- expression`: our expression model against those of two libraries that browsers can load (face-api's
 * expression net, Human's emotion model), on the same pictures, the same backend and the same machine, in turns; and the
 * whole way from a picture to a reading against face-api's. It must never report a time that was not measured in the same
 * run as the others.
 */
import { existsSync, statSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openPage } from '../models/evaluation/browser/browser.ts'
import type { Answer, PipelineTimes } from '../models/evaluation/browser/compare.ts'
import { EvaluationError } from '../models/evaluation/errors.ts'
import { figuresOf } from '../models/evaluation/figures.ts'
import type { Prediction } from '../models/evaluation/figures.ts'
import { readLabels } from '../models/evaluation/labels.ts'
import type { LabelledPicture } from '../models/evaluation/labels.ts'
import { median } from '../models/evaluation/outcome.ts'
import { openPictures } from '../models/evaluation/pictures.ts'
import type { PictureSource } from '../models/evaluation/pictures.ts'
import { createCounter } from '../models/evaluation/counter.ts'
import { shippedModel } from '../models/evaluation/shipped.ts'
import { thinned } from '../models/evaluation/thinned.ts'
import type { Part, PartContext, Table } from './report/part.ts'
import { ratioOfTurns, ratioText, summarize } from './report/statistics.ts'
import { figure, percent } from './report/tables.ts'

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
}

function readOptions({ option, quick }: PartContext): Options {
  const limit = Number(option('limit') ?? (quick ? '20' : '1000'))
  if (!Number.isInteger(limit) || limit < 1)
    throw new EvaluationError('--limit is a whole number of pictures.')
  const [images, labels, split] = [option('images'), option('labels'), option('split')]
  if ((images === undefined) !== (labels === undefined))
    throw new EvaluationError('--images and --labels belong together.')
  return { images, labels, split, humanModels: option('human-models'), limit }
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
    Attune: join(shippedModel(), 'weights.bin'),
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

const share = (value: number | null): string => (value === null ? '–' : percent(value))

function tablesOf(rows: readonly Row[], pipelines: readonly PipelineTimes[]): readonly Table[] {
  // Only where both found a face did both do the whole of the work.
  const pairs = pipelines.flatMap(({ ours, faceApi }) =>
    ours === null || faceApi === null ? [] : [[ours, faceApi] as const],
  )
  const turns = { ours: pairs.map(([time]) => time), theirs: pairs.map(([, time]) => time) }
  const [ours, theirs] = [summarize(turns.ours), summarize(turns.theirs)]
  const ratio = ratioOfTurns(turns.ours, turns.theirs)
  const found = (way: keyof PipelineTimes): string => {
    const count = pipelines.filter((pair) => pair[way] !== null).length
    return `${String(count)} of ${String(pipelines.length)}`
  }
  return [
    {
      title: 'One crop to eight probabilities',
      columns: ['model', 'accuracy', 'macro recall', 'ms a crop', 'weights'],
      rows: rows.map(({ name, accuracy, macroRecall, milliseconds, weightBytes: bytes }) => [
        name,
        share(accuracy),
        share(macroRecall),
        figure(milliseconds),
        bytes === null ? '–' : `${String(Math.round(bytes / 1024))} KB`,
      ]),
    },
    {
      title: 'A picture with a face to a reading',
      columns: ['way', 'faces found', 'ms, median', 'ms, p95', 'of face-api'],
      rows: [
        ['Attune', found('ours'), figure(ours.median), figure(ours.p95), ratioText(ratio)],
        ['face-api', found('faceApi'), figure(theirs.median), figure(theirs.p95), '1'],
      ],
    },
  ]
}

export const expression: Part = async (context) => {
  const options = readOptions(context)
  const { source, pictures, labelled } = await picturesOf(options)
  const samples = await openPictures(join(FACE_API, 'demo'))
  const peers = await gatherPeers(options.humanModels)
  const { page, close } = await openPage('compare.html', {
    peers,
    picture: async (index) => {
      const { bytes } = await (index < pictures.length
        ? source.read(pictures[index]?.file ?? '')
        : samples.read(SAMPLES[index - pictures.length] ?? ''))
      return bytes
    },
  })
  try {
    const names = await page.evaluate(() => window.comparison.loadClassifiers())
    const answers = []
    const count = createCounter(pictures.length)
    for (const [index, picture] of pictures.entries()) {
      const address = `/picture/${index}`
      const given = await page.evaluate((where) => window.comparison.classify(where), address)
      answers.push({ picture, given: given ?? [] })
      count(answers.length)
    }
    await page.evaluate(() => window.comparison.loadPipelines())
    const times = []
    for (let round = 0; round <= PIPELINE_ROUNDS; round += 1)
      for (let index = 0; index < SAMPLES.length; index += 1) {
        const address = `/picture/${pictures.length + index}`
        const pair = await page.evaluate((where) => window.comparison.read(where), address)
        if (round > 0) times.push(pair)
      }
    const rows = rowsOf(names, answers, labelled, peers)
    const notes = labelled ? [] : ['No labelled set was given (--images, --labels): times alone.']
    if (options.humanModels === undefined)
      notes.push('Human: its models were not given (--human-models FOLDER), skipped.')
    const figures = { n: pictures.length, rows, pipelines: times }
    return { tables: tablesOf(rows, times), notes, figures }
  } finally {
    await close()
    await source.close()
    await samples.close()
    await rm(peers, { recursive: true })
  }
}
