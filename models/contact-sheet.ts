/**
 * Shows whether the browser frames a face as the pictures do that the model is trained and judged on: a contact sheet of
 * pairs (the picture; the crop that the product's own pipeline cuts from it in Chromium), and what the difference costs
 * on the pictures in which a face was found:
 *
 *     node bin/run.mjs models/contact-sheet.ts --images SET.zip --labels SET.csv [--split valid] [--limit 300]
 *       --to SHEET.png [--json FRAMING.json]
 *
 * Sheets show pictures that may not be passed on: it must never write one into the project. The numbers may go there.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { FACE_MIDDLE_Y, FACE_SPAN } from '../app/_emotion/geometry.ts'
import { SetupError } from '../bin/setup/setup-error.ts'
import { openPage } from './evaluation/browser/browser.ts'
import { EvaluationError } from './evaluation/errors.ts'
import { figuresOf } from './evaluation/figures.ts'
import { readLabels } from './evaluation/labels.ts'
import { openPictures } from './evaluation/pictures.ts'
import { createCounter } from './evaluation/counter.ts'
import { thinned } from './evaluation/thinned.ts'
import type { Framed, Look } from './evaluation/browser/framing.ts'
import type { Figures } from './evaluation/figures.ts'
import type { LabelledPicture } from './evaluation/labels.ts'
import type { PictureSource } from './evaluation/pictures.ts'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const CELL = 96
const GAP = 6
const PAIRS_A_ROW = 6
const PAIRS = 60

type Seen = LabelledPicture & { readonly look: Look | null }
type Found = LabelledPicture & { readonly look: Look; readonly framed: Framed }

function optionsOf(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      images: { type: 'string' },
      labels: { type: 'string' },
      split: { type: 'string' },
      limit: { type: 'string', default: '300' },
      to: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const { images, labels, to, split, json } = values
  if (images === undefined || labels === undefined || to === undefined)
    throw new EvaluationError('--images, --labels and --to are needed.')
  if (resolve(to).startsWith(resolve(PROJECT) + sep))
    throw new EvaluationError('The sheet shows pictures of the set: write it outside the project.')
  return { images, labels, to, split, json, limit: Number(values.limit) }
}

async function lookAt(pictures: readonly LabelledPicture[], source: PictureSource) {
  const { page, close } = await openPage('framing.html', {
    picture: async (index) => (await source.read(pictures[index]?.file ?? '')).bytes,
  })
  try {
    await page.evaluate(() => window.framing.load())
    const seen: Seen[] = []
    const count = createCounter(pictures.length)
    for (const [index, picture] of pictures.entries()) {
      const address = `/picture/${index}`
      const look = await page.evaluate((where) => window.framing.look(where), address)
      seen.push({ ...picture, look })
      count(seen.length)
    }
    return seen
  } finally {
    await close()
  }
}

/** Those with a face. */
function withFace(seen: readonly Seen[]): readonly Found[] {
  return seen.flatMap(({ look, ...picture }) => {
    const framed = look?.framed ?? null
    return look === null || framed === null ? [] : [{ ...picture, look, framed }]
  })
}

/** Both readings of the same faces, each as figures of a set. */
function costOf(found: readonly Found[]): { readonly asItIs: Figures; readonly framed: Figures } {
  const read = (which: (one: Found) => readonly number[]) =>
    figuresOf(found.map((one) => ({ ...one, probabilities: which(one) })))
  return {
    asItIs: read(({ look }) => look.asItIs),
    framed: read(({ framed }) => framed.probabilities),
  }
}

/** A picture in a cell of the sheet; a data address or a file's bytes. */
async function cell(picture: string | Buffer): Promise<Buffer> {
  const bytes =
    typeof picture === 'string'
      ? Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64')
      : picture
  return sharp(bytes).resize(CELL, CELL, { fit: 'fill', kernel: 'linear' }).png().toBuffer()
}

async function drawSheet(found: readonly Found[], source: PictureSource, to: string) {
  const pairs = thinned(found, PAIRS)
  const parts: { readonly input: Buffer; readonly left: number; readonly top: number }[] = []
  for (const [index, { file, framed }] of pairs.entries()) {
    const { bytes } = await source.read(file)
    if (bytes === null) continue
    const left = GAP + (index % PAIRS_A_ROW) * (2 * CELL + 2 * GAP)
    const top = GAP + Math.floor(index / PAIRS_A_ROW) * (CELL + GAP)
    parts.push({ input: await cell(bytes), left, top })
    parts.push({ input: await cell(framed.crop), left: left + CELL, top })
  }
  const width = PAIRS_A_ROW * (2 * CELL + 2 * GAP) + GAP
  const height = Math.ceil(pairs.length / PAIRS_A_ROW) * (CELL + GAP) + GAP
  await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite(parts)
    .png()
    .toFile(to)
}

const percent = (value: number): string => (value * 100).toFixed(1)

async function main(): Promise<void> {
  const options = optionsOf(process.argv.slice(2))
  const set = readLabels(await readFile(options.labels, 'utf8'), options.split)
  const pictures = thinned(set.pictures, options.limit)
  const source = await openPictures(options.images)
  try {
    for (const file of [options.to, options.json ?? options.to])
      await mkdir(dirname(file), { recursive: true })
    const seen = await lookAt(pictures, source)
    const found = withFace(seen)
    const { asItIs, framed } = costOf(found)
    process.stdout.write(
      `${pictures.length} pictures, a face found in ${found.length}; accuracy / macro recall of these:\n` +
        `the picture as it is   ${percent(asItIs.accuracy)} / ${percent(asItIs.macroRecall)}\n` +
        `as the browser frames  ${percent(framed.accuracy)} / ${percent(framed.macroRecall)}\n`,
    )
    if (options.json !== undefined) {
      const squares = found.map(({ file, framed: { square } }) => ({ file, ...square }))
      const figures = ({ accuracy, macroRecall }: Figures) => ({ accuracy, macroRecall })
      const content = {
        pictures: pictures.length,
        found: found.length,
        span: FACE_SPAN,
        middleY: FACE_MIDDLE_Y,
        asItIs: figures(asItIs),
        framed: figures(framed),
        squares,
      }
      await writeFile(options.json, `${JSON.stringify(content)}\n`)
    }
    await drawSheet(found, source, options.to)
  } finally {
    await source.close()
  }
}

await main().catch((error: unknown) => {
  if (!(error instanceof EvaluationError || error instanceof SetupError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
