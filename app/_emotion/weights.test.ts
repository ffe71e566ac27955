import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joined, modelArtifacts, modelFileSchema, type ModelFile } from './weights.ts'

const INT8 = { dtype: 'int8', original_dtype: 'float32' } as const

function fileOf(weights: ModelFile['weightsManifest'][number]['weights']): ModelFile {
  return {
    modelTopology: {},
    signature: {},
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  }
}

function floats(values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer)
}

function dataOf(artifacts: ReturnType<typeof modelArtifacts>): Float32Array {
  if (!(artifacts.weightData instanceof ArrayBuffer)) throw new TypeError('not one buffer')
  return new Float32Array(artifacts.weightData)
}

describe('modelArtifacts', () => {
  it('multiplies every number with the scale of its place on the last axis', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: 0, max: 8, noNaN: true }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 254 }),
        (scales, rows, seed) => {
          const numbers = Array.from(
            { length: rows * scales.length },
            (_, index) => ((seed + index * 37) % 255) - 127,
          )
          const file = fileOf([
            { name: 'bias', shape: [1], dtype: 'float32' },
            {
              name: 'kernel',
              shape: [1, 1, rows, scales.length],
              dtype: 'float32',
              quantization: INT8,
            },
          ])
          const bytes = joined([
            floats([0.5]),
            floats(scales),
            new Uint8Array(Int8Array.from(numbers).buffer),
          ])
          const artifacts = modelArtifacts(file, bytes)
          const expected = numbers.map((value, index) =>
            Math.fround(value * Math.fround(scales[index % scales.length] ?? 0)),
          )
          expect([...dataOf(artifacts)].map((value) => value + 0)).toEqual(
            [0.5, ...expected].map((value) => value + 0),
          )
          expect(artifacts.weightSpecs?.map((spec) => spec.quantization)).toEqual([
            undefined,
            undefined,
          ])
        },
      ),
    )
  })

  it('hands float16 on to tfjs as it is stored', () => {
    const quantization = { dtype: 'float16', original_dtype: 'float32' } as const
    const file = fileOf([{ name: 'kernel', shape: [2], dtype: 'float32', quantization }])
    const artifacts = modelArtifacts(file, Uint8Array.of(0, 60, 0, 64))
    expect(artifacts.weightSpecs?.[0]?.quantization).toEqual({ dtype: 'float16' })
    expect(artifacts.weightData).toEqual(Uint8Array.of(0, 60, 0, 64).buffer)
  })

  it.each([7, 9])('refuses %i bytes where the model says 8', (length) => {
    const file = fileOf([{ name: 'bias', shape: [2], dtype: 'float32' }])
    expect(() => modelArtifacts(file, new Uint8Array(length))).toThrow('the model says 8')
  })

  it('does not take a manifest with a kind that it does not know', () => {
    const quantization = { dtype: 'uint8', scale: 1, min: 0, original_dtype: 'float32' }
    const weights = [{ name: 'kernel', shape: [2], dtype: 'float32', quantization }]
    const file = { modelTopology: {}, signature: {}, weightsManifest: [{ paths: [], weights }] }
    expect(modelFileSchema.safeParse(file).success).toBe(false)
  })
})
