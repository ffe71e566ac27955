/**
 * The shipped network as a page loads it: over HTTP, with the product's own code. It must never load another model than
 * the one under `/models/emotion/`.
 */
import { loadClassifier } from '../../../app/_emotion/classifier.ts'
import { modelConfigSchema } from '../../../app/_emotion/config.ts'
import { fetchModel } from '../../../app/_emotion/weights.ts'
import type { Classifier } from '../../../app/_emotion/classifier.ts'

/** Loads it and starts its backend. */
export async function loadOurs(): Promise<Classifier> {
  const response = await fetch('/models/emotion/config.json')
  const config = modelConfigSchema.parse(await response.json())
  const model = await fetchModel('/models/emotion/')
  return loadClassifier({ model, config, wasmPath: '/models/tfjs/' })
}
