/**
 * The page of the side-by-side comparison: every contender sees every crop, one after the other, so that a busy machine
 * is as busy for each. It must never warm up one more than another.
 */
import { createReader } from '../../../app/_emotion/reader.ts'
import { loadContenders, loadFaceApi } from './contenders.ts'
import type { Contender, Crop } from './contenders.ts'

/** One contender's answer to one crop. */
export interface Answer {
  readonly name: string
  readonly probabilities: readonly number[]
  readonly milliseconds: number
}

/** Milliseconds of whole pipelines over one picture; null: that one found no face. */
export interface PipelineTimes {
  readonly ours: number | null
  readonly faceApi: number | null
}

declare global {
  interface Window {
    comparison: {
      /** Loads the classifiers; names in the order of every answer. */
      readonly loadClassifiers: () => Promise<readonly string[]>
      /** Null when the picture cannot be decoded. */
      readonly classify: (address: string) => Promise<readonly Answer[] | null>
      readonly loadPipelines: () => Promise<void>
      /** Finds the largest face of a picture and reads it, both ways. */
      readonly read: (address: string) => Promise<PipelineTimes>
    }
  }
}

let contenders: readonly Contender[] = []
let turn = 0

async function bitmapOf(address: string): Promise<ImageBitmap | null> {
  const response = await fetch(address)
  return createImageBitmap(await response.blob()).catch(() => null)
}

function drawn(bitmap: ImageBitmap): Crop {
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new TypeError('no 2D canvas')
  context.drawImage(bitmap, 0, 0)
  return { canvas, pixels: context.getImageData(0, 0, canvas.width, canvas.height) }
}

async function classify(address: string): Promise<readonly Answer[] | null> {
  const bitmap = await bitmapOf(address)
  if (bitmap === null) return null
  const crop = drawn(bitmap)
  const answers = new Map<string, Answer>()
  turn += 1
  // Whoever comes first finds a colder cache: take turns.
  for (let place = 0; place < contenders.length; place += 1) {
    const contender = contenders[(place + turn) % contenders.length]
    if (contender === undefined) continue
    const start = performance.now()
    const probabilities = await contender.classify(crop)
    const milliseconds = performance.now() - start
    answers.set(contender.name, { name: contender.name, probabilities, milliseconds })
  }
  return contenders.flatMap(({ name }) => answers.get(name) ?? [])
}

const reader = createReader()
let peer: Awaited<ReturnType<typeof loadFaceApi>> | null = null

async function read(address: string): Promise<PipelineTimes> {
  const bitmap = await bitmapOf(address)
  if (bitmap === null || peer === null) throw new TypeError('nothing to read, or no one to read it')
  const { canvas } = drawn(bitmap)
  let start = performance.now()
  // As a camera's picture is read: the closer look into the parts of a photograph is for groups.
  const readings = await reader.analyzeImage(bitmap, 1, 'quick')
  const ours = performance.now() - start
  start = performance.now()
  const theirs = await peer.detectSingleFace(canvas).withFaceLandmarks().withFaceExpressions()
  const faceApi = performance.now() - start
  return {
    ours: readings.length > 0 ? ours : null,
    faceApi: theirs === undefined ? null : faceApi,
  }
}

window.comparison = {
  loadClassifiers: async () => {
    contenders = await loadContenders()
    return contenders.map(({ name }) => name)
  },
  classify,
  loadPipelines: async () => {
    await reader.load()
    peer = await loadFaceApi()
    const { nets } = peer
    for (const net of [nets.ssdMobilenetv1, nets.faceLandmark68Net, nets.faceExpressionNet])
      await net.loadFromUri('/peers/face-api/model')
  },
  read,
}
