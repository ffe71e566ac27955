/**
 * The expression network on tfjs's WebAssembly backend, one thread: eight calibrated probabilities for one crop. Runs in
 * the worker and, for evaluation and tests, in Node. It must never keep a tensor beyond a call.
 */
import { env, memory, ready, setBackend, tensor, tidy } from '@tensorflow/tfjs-core'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import { EMOTION_COUNT } from './emotions.ts'
import { preprocess } from './preprocess.ts'
import type { Tensor, io } from '@tensorflow/tfjs-core'
import type { GraphModel } from '@tensorflow/tfjs-converter'
import type { ModelConfig } from './config.ts'

/** Square pixels, `channels` bytes each. */
export interface Pixels {
  readonly data: Uint8ClampedArray | Uint8Array
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
}

export interface ClassifierOptions {
  /** The graph and its weights, as `weights.ts` reads them. */
  readonly model: io.ModelArtifacts
  readonly config: ModelConfig
  /** Where tfjs's .wasm files are: an address or a folder, with a slash at its end. */
  readonly wasmPath: string
}

/** Softmax of logits over a temperature; safe for large logits. */
export function softmax(logits: readonly number[], temperature: number): readonly number[] {
  const highest = Math.max(...logits)
  const powers = logits.map((value) => Math.exp((value - highest) / temperature))
  const sum = powers.reduce((total, value) => total + value, 0)
  return powers.map((value) => value / sum)
}

/** The crop's input, its rows reversed left to right. */
export function mirrored(input: Float32Array, size: number): Float32Array {
  const out = new Float32Array(input.length)
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const from = (row * size + column) * 3
      out.set(input.subarray(from, from + 3), (row * size + size - 1 - column) * 3)
    }
  }
  return out
}

/** A loaded network. Make it with {@link loadClassifier}. */
export class Classifier {
  readonly config: ModelConfig
  /** The graph with its weights. */
  readonly #graph: GraphModel

  constructor(graph: GraphModel, config: ModelConfig) {
    this.#graph = graph
    this.config = config
  }

  /** Tensors alive in the backend: weights alone between calls. */
  static get tensors(): number {
    return memory().numTensors
  }

  /** Eight probabilities, in the order of `EMOTIONS`, for a picture that is the face crop. */
  async classify(crop: Pixels): Promise<readonly number[]> {
    const { data, width, height, channels } = crop
    const input = preprocess(data, width, height, channels, this.config)
    const outputs = [await this.#run(input)]
    if (this.config.mirror) outputs.push(await this.#run(mirrored(input, this.config.size)))
    const mean = Array.from(
      { length: EMOTION_COUNT },
      (_, emotion) =>
        outputs.reduce((total, row) => total + (row[emotion] ?? 0), 0) / outputs.length,
    )
    return this.config.output === 'logits' ? softmax(mean, this.config.temperature) : mean
  }

  async #run(input: Float32Array): Promise<readonly number[]> {
    const { size } = this.config
    const output = tidy(() => {
      const result = this.#graph.execute(tensor(input, [1, size, size, 3]))
      const first: Tensor | undefined = Array.isArray(result) ? result[0] : result
      if (first?.size !== EMOTION_COUNT)
        throw new RangeError('the network does not put out eight numbers')
      return first
    })
    const values = await output.data()
    output.dispose()
    return Array.from(values)
  }

  /** Frees the weights. */
  dispose(): void {
    this.#graph.dispose()
  }
}

/**
 * Starts the backend and loads the network.
 * @throws whatever the loader throws when the model is not a graph model
 */
export async function loadClassifier(options: ClassifierOptions): Promise<Classifier> {
  // Threads were slower under load, and under a strict content security policy they hang without a word.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  setWasmPaths(options.wasmPath)
  await setBackend('wasm')
  await ready()
  const graph = await loadGraphModel({ load: () => Promise.resolve(options.model) })
  const classifier = new Classifier(graph, options.config)
  const { size } = options.config
  const blank = new Uint8ClampedArray(size * size * 3)
  await classifier.classify({ data: blank, width: size, height: size, channels: 3 })
  return classifier
}
