/**
 * From the files of a model (`model.json`, `weights.bin`) to what tfjs builds a graph of. Large kernels are stored as
 * int8 with one scale an output channel, which tfjs does not know: they are spread out to float32 here, once, at
 * loading. It must never guess: bytes that are not just what the manifest says are refused.
 */
import * as z from 'zod'
import type { io } from '@tensorflow/tfjs-core'

const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().min(0)),
  dtype: z.enum(['float32', 'int32']),
  /**
   * `float16`: tfjs's own. `int8`: as many float32 scales as the last axis is long, then the numbers; a weight is its
   * number times the scale of its place on the last axis.
   */
  quantization: z
    .object({ dtype: z.enum(['float16', 'int8']), original_dtype: z.literal('float32') })
    .exactOptional(),
})
type Weight = z.infer<typeof weightSchema>

/** Schema of `model.json`. */
export const modelFileSchema = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  signature: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(
    z.object({ paths: z.array(z.string()), weights: z.array(weightSchema) }),
  ),
})

/** Parsed `model.json`. */
export type ModelFile = z.infer<typeof modelFileSchema>

/** The names of the files that hold the weights, in order. */
export function weightPaths(file: ModelFile): readonly string[] {
  return file.weightsManifest.flatMap((group) => group.paths)
}

/** Numbers in one weight. */
function countOf({ shape }: Weight): number {
  return shape.reduce((product, side) => product * side, 1)
}

/** Places on the last axis. */
function channelsOf({ shape }: Weight): number {
  return shape.at(-1) ?? 1
}

/** Bytes that one weight takes in the file. */
function storedBytes(weight: Weight): number {
  switch (weight.quantization?.dtype) {
    case 'float16':
      return countOf(weight) * 2
    case 'int8':
      return channelsOf(weight) * 4 + countOf(weight)
    case undefined:
      return countOf(weight) * 4
  }
}

/** Numbers times scales; the last axis runs fastest. */
function spread(stored: Uint8Array, weight: Weight): Float32Array {
  const channels = channelsOf(weight)
  const head = stored.slice(0, channels * 4)
  const scales = new Float32Array(head.buffer, head.byteOffset, channels)
  const numbers = new Int8Array(stored.buffer, stored.byteOffset + channels * 4, countOf(weight))
  return Float32Array.from(numbers, (value, index) => value * (scales[index % channels] ?? 0))
}

/**
 * What tfjs's graph loader takes.
 * @param file parsed `model.json`
 * @param bytes the weight files, one after another
 * @throws RangeError when the bytes are more or fewer than the manifest says
 */
export function modelArtifacts(file: ModelFile, bytes: Uint8Array): io.ModelArtifacts {
  const weights = file.weightsManifest.flatMap((group) => group.weights)
  const wanted = weights.reduce((sum, weight) => sum + storedBytes(weight), 0)
  if (wanted !== bytes.length)
    throw new RangeError(`the weights have ${bytes.length} bytes, the model says ${wanted}`)
  const parts: Uint8Array[] = []
  let offset = 0
  const weightSpecs = weights.map((weight): io.WeightsManifestEntry => {
    const { name, shape, dtype, quantization } = weight
    const stored = bytes.subarray(offset, (offset += storedBytes(weight)))
    if (quantization?.dtype === 'int8') {
      parts.push(new Uint8Array(spread(stored, weight).buffer))
      return { name, shape, dtype }
    }
    parts.push(stored)
    return quantization === undefined
      ? { name, shape, dtype }
      : { name, shape, dtype, quantization: { dtype: 'float16' } }
  })
  const { modelTopology, signature } = file
  return { modelTopology, signature, weightSpecs, weightData: joined(parts).buffer }
}

/** One run of bytes. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    out.set(part, offset)
    offset += part.length
  }
  return out
}

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address)
  if (!response.ok) throw new RangeError(`${address} answered ${response.status}`)
  return response
}

/**
 * Fetches a model's files and reads them.
 * @param folder address of the folder with `model.json`, a slash at its end
 * @throws RangeError when a file is not there or not whole; ZodError when `model.json` is something else
 */
export async function fetchModel(folder: string): Promise<io.ModelArtifacts> {
  const model = await fetched(`${folder}model.json`)
  const file = modelFileSchema.parse(await model.json())
  const parts = await Promise.all(
    weightPaths(file).map(async (path) => {
      const weights = await fetched(`${folder}${path}`)
      return new Uint8Array(await weights.arrayBuffer())
    }),
  )
  return modelArtifacts(file, joined(parts))
}
