/**
 * The shipped weights as they stand: whole, in our order of classes, and reading plainly expressive faces as a person
 * would. The faces are sample pictures of a package that tests install; none is kept here.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EMOTIONS } from '../../app/_emotion/emotions.ts'
import { EXPRESSION_MODELS } from '../../app/_server/web/expression-model.ts'
import { loadModel, shippedConfigSchema } from './classifier.ts'
import type { Classifier } from '../../app/_emotion/classifier.ts'
import { EvaluationError } from './errors.ts'
import { largest } from './figures.ts'
import { decode } from './pictures.ts'
import { PLAIN_FACES, cropOf } from './plain-faces.ts'
import { namedModel, shippedModel } from './shipped.ts'

describe.each(EXPRESSION_MODELS)('the %s model', (name) => {
  const shipped = shippedModel(name)
  let classifier: Classifier

  beforeAll(async () => {
    classifier = await loadModel(shipped)
  })

  afterAll(() => {
    classifier.dispose()
  })

  it('names its classes in the order of the product', async () => {
    const text = await readFile(join(shipped, 'config.json'), 'utf8')
    const config = shippedConfigSchema.parse(JSON.parse(text))
    expect(config.labels).toEqual(EMOTIONS)
  })

  it('puts out eight fractions that sum to 1, whatever the picture', async () => {
    for (const level of [0, 127, 255]) {
      const data = new Uint8Array(50 * 40 * 3).fill(level)
      const probabilities = await classifier.classify({ data, width: 50, height: 40, channels: 3 })
      expect(probabilities).toHaveLength(EMOTIONS.length)
      expect(Math.min(...probabilities)).toBeGreaterThanOrEqual(0)
      expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4)
    }
  })

  it.each(PLAIN_FACES)('reads the face of $file at $left, $top as $shows', async (face) => {
    const probabilities = await classifier.classify(await decode(await cropOf(face)))
    expect(EMOTIONS[largest(probabilities)]).toBe(face.shows)
    expect(Math.max(...probabilities)).toBeGreaterThan(classifier.config.unclearThreshold)
  })

  it('is refused when a byte of it changed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'attune-model-'))
    try {
      await cp(shipped, folder, { recursive: true })
      const path = join(folder, 'weights.bin')
      const weights = await readFile(path)
      weights[1000] = (weights[1000] ?? 0) ^ 1
      await writeFile(path, weights)
      await expect(loadModel(folder)).rejects.toThrow('not the file that config.json names')
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('is asked for in one sentence where its configuration is none, or a part is missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'attune-model-'))
    try {
      await writeFile(join(folder, 'config.json'), '{}')
      await expect(loadModel(folder)).rejects.toThrow(
        /^\S+ holds no model: config.json is not [^\n]*$/,
      )
      await cp(join(shipped, 'config.json'), join(folder, 'config.json'))
      await expect(loadModel(folder)).rejects.toThrow(/^\S+ holds no model: model.json [^\n]*$/)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('is small enough to be downloaded by a school', async () => {
    const weights = await readFile(join(shipped, 'weights.bin'))
    expect(weights.length).toBeLessThanOrEqual(4 * 1024 * 1024)
  })
})

describe('a model', () => {
  it.each([
    [
      'a folder that is not there',
      '/nope',
      /^\/nope holds no model: config.json .*ENOENT.*ATTUNE_MODEL/,
    ],
    ['a file', '/etc/passwd', /^\/etc\/passwd holds no model: .*ENOTDIR/],
    ['a folder of something else', fileURLToPath(new URL('.', import.meta.url)), /holds no model/],
  ])('is asked for in one sentence instead of %s', async (_, folder, sentence) => {
    await expect(loadModel(folder)).rejects.toThrow(sentence)
    await expect(loadModel(folder)).rejects.toThrow(EvaluationError)
  })

  it('is named by the environment', () => {
    expect(namedModel({ NODE_ENV: 'test' })).toBe('standard')
    expect(namedModel({ NODE_ENV: 'test', EXPRESSION_MODEL: '' })).toBe('standard')
    expect(namedModel({ NODE_ENV: 'test', EXPRESSION_MODEL: 'open' })).toBe('open')
    expect(() => namedModel({ NODE_ENV: 'test', EXPRESSION_MODEL: 'best' })).toThrow(
      /^EXPRESSION_MODEL must be one of standard, wide, open\.$/,
    )
  })
})
