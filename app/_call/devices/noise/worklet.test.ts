import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { Denoiser, FRAME, Frames } from './worklet.ts'

const RATE = 48_000

let rnnoise: WebAssembly.Module

beforeAll(async () => {
  const file = new URL(import.meta.resolve('@jitsi/rnnoise-wasm/dist/rnnoise.wasm'))
  rnnoise = await WebAssembly.compile(await readFile(file))
})

/** Even noise, from a seed. */
function noise(seconds: number, amplitude: number): Float32Array {
  let seed = 1
  return Float32Array.from({ length: seconds * RATE }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return (seed / 2 ** 31 - 1) * amplitude
  })
}

/** What a voice is to a model of voices: pulses of a gliding pitch through three formants, in syllables. */
function voice(seconds: number, amplitude: number): Float32Array {
  const formants = [
    { hertz: 700, width: 130, one: 0, two: 0 },
    { hertz: 1_220, width: 70, one: 0, two: 0 },
    { hertz: 2_600, width: 160, one: 0, two: 0 },
  ]
  let phase = 0
  const samples = Float32Array.from({ length: seconds * RATE }, (_, index) => {
    const time = index / RATE
    phase += (120 + 25 * Math.sin(2 * Math.PI * 0.7 * time)) / RATE
    let sample = phase >= 1 ? 1 : 0
    phase %= 1
    for (const formant of formants) {
      const radius = Math.exp((-Math.PI * formant.width) / RATE)
      const turn = 2 * radius * Math.cos((2 * Math.PI * formant.hertz) / RATE)
      const next = sample + turn * formant.one - radius * radius * formant.two
      formant.two = formant.one
      formant.one = next
      sample = next * (1 - radius)
    }
    return sample * Math.max(0, Math.sin(2 * Math.PI * 2 * time))
  })
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  return samples.map((sample) => (sample / loudest) * amplitude)
}

function through(denoiser: Denoiser, samples: Float32Array): Float32Array {
  const cleaned = samples.slice()
  for (let start = 0; start + FRAME <= cleaned.length; start += FRAME)
    denoiser.clean(cleaned.subarray(start, start + FRAME))
  return cleaned
}

/** Level from one second to another, in decibels of full scale. */
function level(samples: Float32Array, from: number, to: number): number {
  const part = samples.subarray(from * RATE, to * RATE)
  return 10 * Math.log10(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length)
}

describe('Denoiser', () => {
  test('noise alone falls by a long way', () => {
    const raw = noise(6, 0.05)
    const cleaned = through(new Denoiser(rnnoise), raw)
    expect(level(cleaned, 4, 6)).toBeLessThan(level(raw, 4, 6) - 15)
  })

  test('a voice in the noise is kept, and is more of what is heard than before', () => {
    const said = voice(6, 0.4)
    const hiss = noise(6, 0.05)
    const cleaned = through(
      new Denoiser(rnnoise),
      said.map((sample, index) => sample + (hiss[index] ?? 0)),
    )
    expect(Math.abs(level(cleaned, 2, 6) - level(said, 2, 6))).toBeLessThan(2)
    // RNNoise answers one frame later: what remains beside the voice is the noise.
    const late = cleaned.subarray(FRAME)
    const left = late.map((sample, index) => sample - (said[index] ?? 0))
    expect(level(left, 2, 5)).toBeLessThan(level(hiss, 2, 5) - 3)
  })

  test('two voices have a memory each', () => {
    const quiet = new Denoiser(rnnoise)
    const busy = new Denoiser(rnnoise)
    through(busy, noise(1, 0.5))
    expect(level(through(quiet, new Float32Array(RATE).fill(1e-6)), 0, 1)).toBeLessThan(-80)
  })

  test('another module is refused', async () => {
    const empty = await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))
    expect(() => new Denoiser(empty)).toThrow('not the module')
  })
})

describe('Frames', () => {
  test('whatever the blocks, every sample comes out once, in order, one frame later', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_024 }), { maxLength: 40 }), (sizes) => {
        let cleaned = 0
        const frames = new Frames((frame) => {
          cleaned += 1
          for (let index = 0; index < FRAME; index += 1) frame[index] = -(frame[index] ?? 0)
        })
        let count = 0
        const out: number[] = []
        for (const size of sizes) {
          const input = Float32Array.from({ length: size }, () => (count += 1))
          const output = new Float32Array(size)
          frames.pass(input, output)
          out.push(...output)
        }
        expect(cleaned).toBe(Math.floor(count / FRAME))
        const expected = Array.from({ length: count }, (_, index) =>
          index < FRAME ? 0 : -(index - FRAME + 1),
        )
        expect(out).toEqual(expected)
      }),
    )
  })
})
