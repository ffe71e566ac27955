/**
 * The shipped model in Node: the browser's own classifier (same graph, same kernels on WebAssembly, one thread, same
 * preprocessing), with its files read from a folder and checked. It must never reach for the network.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { io } from '@tensorflow/tfjs-core'
import * as z from 'zod'
import { loadClassifier } from '../../app/_emotion/classifier.ts'
import type { Classifier } from '../../app/_emotion/classifier.ts'
import { modelConfigSchema } from '../../app/_emotion/config.ts'
import { EMOTIONS } from '../../app/_emotion/emotions.ts'
import { modelArtifacts, modelFileSchema, weightPaths } from '../../app/_emotion/weights.ts'
import { EvaluationError } from './errors.ts'
import { shippedModel } from './shipped.ts'

/** `config.json` with what only evaluation and tests look at. */
export const shippedConfigSchema = modelConfigSchema.extend({
  name: z.string(),
  version: z.string(),
  labels: z.array(z.string()),
  sha256: z.record(z.string(), z.string()),
})

async function readPart(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name))
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new EvaluationError(
      `${folder} holds no model: ${name} cannot be read (${reason}); name another folder with ATTUNE_MODEL, or unset it for a shipped one.`,
      { cause: error },
    )
  }
}

async function readConfig(folder: string): Promise<z.infer<typeof shippedConfigSchema>> {
  const text = await readPart(folder, 'config.json')
  try {
    return shippedConfigSchema.parse(JSON.parse(text.toString('utf8')))
  } catch (error) {
    throw new EvaluationError(
      `${folder} holds no model: config.json is not the configuration of one; name another folder with ATTUNE_MODEL, or unset it for a shipped one.`,
      { cause: error },
    )
  }
}

async function readChecked(folder: string, name: string, sum: string | undefined): Promise<Buffer> {
  const bytes = await readPart(folder, name)
  if (createHash('sha256').update(bytes).digest('hex') !== sum)
    throw new EvaluationError(`${name} of the model is not the file that config.json names.`)
  return bytes
}

/** Everything tfjs needs to build the graph. */
async function readModel(folder: string, sums: Record<string, string>): Promise<io.ModelArtifacts> {
  const text = await readChecked(folder, 'model.json', sums['model.json'])
  const model = modelFileSchema.parse(JSON.parse(text.toString('utf8')))
  const parts = await Promise.all(
    weightPaths(model).map((path) => readChecked(folder, path, sums[path])),
  )
  return modelArtifacts(model, Uint8Array.from(Buffer.concat(parts)))
}

/**
 * Loads a model from a folder with `config.json`, `model.json` and its weights.
 * @throws EvaluationError when a file cannot be read, or is not the one that the configuration names
 */
export async function loadModel(folder: string = shippedModel()): Promise<Classifier> {
  const config = await readConfig(folder)
  if (config.labels.join() !== EMOTIONS.join())
    throw new EvaluationError('The model names its classes in another order than the product.')
  const artifacts = await readModel(folder, config.sha256)
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  return loadClassifier({
    model: artifacts,
    config,
    wasmPath: `${dirname(entry)}/`,
  })
}
