/**
 * The expression models of two libraries that browsers can load, and ours, behind one face: a crop in, eight fractions
 * in our order out, all on TensorFlow.js' WebAssembly backend with one thread. It must never give a peer a worse resize
 * or another input than its own library would.
 */
import {
  div,
  env,
  image,
  mul,
  ready,
  reshape,
  setBackend,
  sub,
  sum,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core'
import type { Tensor3D } from '@tensorflow/tfjs-core'
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import type * as FaceApi from '@vladmandic/face-api'
import { EMOTION_COUNT } from '../../../app/_emotion/emotions.ts'
import { loadOurs } from './ours.ts'

/** One crop, in the shapes that libraries take. */
export interface Crop {
  readonly canvas: HTMLCanvasElement
  readonly pixels: ImageData
}

/** A model to compare. */
export interface Contender {
  readonly name: string
  readonly classify: (crop: Crop) => Promise<readonly number[]>
}

/** For each of our classes the place in the peer's output; -1 where the peer has no such class. */
const FACE_API_ORDER = [0, 1, 2, 6, 4, 5, 3, -1]
const HUMAN_ORDER = [6, 3, 4, 5, 2, 1, 0, -1]

const HUMAN_SIZE = 64
const GREY = [0.2989, 0.587, 0.114]

const reordered = (values: ArrayLike<number>, order: readonly number[]): readonly number[] =>
  order.map((place) => (place < 0 ? 0 : (values[place] ?? 0)))

async function ours(): Promise<Contender> {
  const classifier = await loadOurs()
  return {
    name: 'Attune',
    classify: ({ pixels }) =>
      classifier.classify({
        data: pixels.data,
        width: pixels.width,
        height: pixels.height,
        channels: 4,
      }),
  }
}

/** What of the library's bundled TensorFlow.js is needed to put it on the same backend. */
interface PeerBackend {
  readonly setWasmPaths: (path: string) => void
  readonly setBackend: (name: string) => Promise<boolean>
  readonly ready: () => Promise<void>
  readonly env: () => { readonly set: (flag: string, value: boolean) => void }
}

/** The library, from its own folder; its bundle brings its own TensorFlow.js. */
export async function loadFaceApi(): Promise<typeof FaceApi> {
  const address = '/peers/face-api/dist/face-api.esm.js'
  const library = (await import(/* @vite-ignore */ address)) as typeof FaceApi & {
    readonly tf: PeerBackend
  }
  library.tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  library.tf.setWasmPaths('/models/tfjs/')
  await library.tf.setBackend('wasm')
  await library.tf.ready()
  return library
}

async function faceApi(): Promise<Contender> {
  const { nets } = await loadFaceApi()
  const net = nets.faceExpressionNet
  await net.loadFromUri('/peers/face-api/model')
  return {
    name: 'face-api',
    classify: async ({ canvas }) => {
      const found = await net.predictExpressions(canvas)
      const one = Array.isArray(found) ? found[0] : found
      if (one === undefined) return new Array<number>(EMOTION_COUNT).fill(0)
      const { neutral, happy, sad, angry, fearful, disgusted, surprised } = one
      const values = [neutral, happy, sad, angry, fearful, disgusted, surprised]
      return reordered(values, FACE_API_ORDER)
    },
  }
}

/** Human's emotion model, where its package is at hand. */
async function human(): Promise<Contender | null> {
  const address = '/peers/human-models/emotion.json'
  const found = await fetch(address, { method: 'HEAD' })
  if (!found.ok) return null
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  await setBackend('wasm')
  await ready()
  const model = await loadGraphModel(address)
  return {
    name: 'Human',
    classify: async ({ pixels }) => {
      const rgb = Float32Array.from(pixels.data).filter((_, index) => index % 4 < 3)
      const output = tidy(() => {
        const picture: Tensor3D = tensor(rgb, [pixels.height, pixels.width, 3], 'float32')
        const small = div(image.resizeBilinear(picture, [HUMAN_SIZE, HUMAN_SIZE]), 255)
        const grey = reshape(sum(mul(small, GREY), 2), [1, HUMAN_SIZE, HUMAN_SIZE, 1])
        const result = model.execute(mul(sub(grey, 0.5), 2))
        return Array.isArray(result) ? result[0] : result
      })
      const values = (await output?.data()) ?? []
      output?.dispose()
      return reordered(values, HUMAN_ORDER)
    },
  }
}

/** Every contender that can be loaded, ours first. */
export async function loadContenders(): Promise<readonly Contender[]> {
  const all = [await ours(), await faceApi(), await human()]
  return all.filter((contender) => contender !== null)
}
