/**
 * The shipped model in Node: the same graph, the same kernels (TensorFlow.js on WebAssembly, one thread) and the same
 * preprocessing as in a browser. It must never reach for another backend or for the network.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { Tensor, env, ready, setBackend, tensor } from '@tensorflow/tfjs-core'
import type { io } from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { modelConfigSchema } from '../../app/_emotion/config.ts'
import type { ModelConfig } from '../../app/_emotion/config.ts'
import { EMOTIONS, EMOTION_COUNT } from '../../app/_emotion/emotions.ts'
import { preprocess } from '../../app/_emotion/preprocess.ts'
import { EvaluationError } from './errors.ts'
import type { Pixels } from './pictures.ts'

/** Folder of the shipped weights. */
export const SHIPPED_MODEL = fileURLToPath(new URL('../emotion', import.meta.url))

/** `config.json` with what only evaluation and tests look at. */
export const shippedConfigSchema = modelConfigSchema.extend({
  name: z.string(),
  version: z.string(),
  labels: z.array(z.string()),
  sha256: z.record(z.string(), z.string()),
})

const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.int()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z
    .object({
      dtype: z.enum(['uint8', 'float16']),
      scale: z.number().optional(),
      min: z.number().optional(),
      original_dtype: z.literal('float32'),
    })
    .transform(({ scale, min, ...rest }) =>
      scale === undefined || min === undefined ? rest : { ...rest, scale, min },
    )
    .optional(),
})

const modelFileSchema = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  signature: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(
    z.object({ paths: z.array(z.string()), weights: z.array(weightSchema) }),
  ),
})

/** A loaded model. */
export interface Classifier {
  readonly config: ModelConfig
  /** Eight fractions of 1 in the order of `EMOTIONS` for one crop. */
  classify(crop: Pixels): readonly number[]
  dispose(): void
}

async function startBackend(): Promise<void> {
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(`${dirname(entry)}/`)
  if (!(await setBackend('wasm')))
    throw new EvaluationError('The WebAssembly backend of TensorFlow.js did not start.')
  await ready()
}

async function readChecked(folder: string, name: string, sum: string | undefined): Promise<Buffer> {
  const bytes = await readFile(join(folder, name))
  if (createHash('sha256').update(bytes).digest('hex') !== sum)
    throw new EvaluationError(`${name} of the model is not the file that config.json names.`)
  return bytes
}

/** Everything tfjs needs to build the graph. */
async function readModel(folder: string, sums: Record<string, string>): Promise<io.ModelArtifacts> {
  const text = await readChecked(folder, 'model.json', sums['model.json'])
  const model = modelFileSchema.parse(JSON.parse(text.toString('utf8')))
  const paths = model.weightsManifest.flatMap((group) => group.paths)
  const parts = await Promise.all(paths.map((path) => readChecked(folder, path, sums[path])))
  const weightSpecs = model.weightsManifest
    .flatMap((group) => group.weights)
    .map(({ quantization, ...entry }) =>
      quantization === undefined ? entry : { ...entry, quantization },
    )
  return {
    modelTopology: model.modelTopology,
    signature: model.signature,
    weightSpecs,
    weightData: Uint8Array.from(Buffer.concat(parts)).buffer,
  }
}

/** Softmax of `values / temperature`. */
export function softmax(values: readonly number[], temperature: number): readonly number[] {
  const highest = Math.max(...values)
  const powers = values.map((value) => Math.exp((value - highest) / temperature))
  const sum = powers.reduce((total, value) => total + value, 0)
  return powers.map((value) => value / sum)
}

/**
 * Loads a model from a folder with `config.json`, `model.json` and its weights.
 * @throws EvaluationError when a file is not the one that the configuration names
 */
export async function loadClassifier(folder: string = SHIPPED_MODEL): Promise<Classifier> {
  const text = await readFile(join(folder, 'config.json'), 'utf8')
  const config = shippedConfigSchema.parse(JSON.parse(text))
  if (config.labels.join() !== EMOTIONS.join())
    throw new EvaluationError('The model names its classes in another order than the product.')
  await startBackend()
  const artifacts = await readModel(folder, config.sha256)
  const model = await loadGraphModel({ load: () => Promise.resolve(artifacts) })
  const shape = [1, config.size, config.size, 3]
  const run = (input: Float32Array): readonly number[] => {
    const x = tensor(input, shape, 'float32')
    const y = model.predict(x)
    if (!(y instanceof Tensor)) throw new Error('the graph has one output')
    const values = [...y.dataSync()].slice(0, EMOTION_COUNT)
    x.dispose()
    y.dispose()
    return config.output === 'logits' ? softmax(values, config.temperature) : values
  }
  return {
    config,
    classify: (crop) => run(preprocess(crop.data, crop.width, crop.height, 3, config)),
    dispose: () => {
      model.dispose()
    },
  }
}
