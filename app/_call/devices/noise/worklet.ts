/**
 * Takes the noise out of a voice, on the audio thread: RNNoise (a small recurrent network, in wasm) over frames of ten
 * milliseconds. The module comes compiled from a worker, since a page's policy lets nothing compile wasm here. Set-up
 * strips the types and serves this file as it is, so it must import nothing. It must never let sound through raw where
 * the network cannot run: whoever asked is told, and takes the microphone itself.
 */

declare const registerProcessor:
  | ((name: string, processor: new (options: WorkletOptions) => AudioWorkletProcessor) => void)
  | undefined
declare class AudioWorkletProcessor {
  readonly port: MessagePort
}

/** What the page hands to the processor. */
export type WorkletOptions = { processorOptions: { module: WebAssembly.Module } }

/** Samples in ten milliseconds of 48 kHz: what RNNoise takes at a time. */
export const FRAME = 480

/** RNNoise counts in 16-bit samples. */
const SCALE = 32_768

/** The names that the compiler of @jitsi/rnnoise-wasm 0.2.1 gave to what it exports. */
type RnnoiseExports = {
  c: WebAssembly.Memory
  d: () => void
  f: (model: number) => number
  g: (bytes: number) => number
  j: (state: number, output: number, input: number) => number
}

function isRnnoise(exports: object): exports is RnnoiseExports {
  const { c, d, f, g, j } = exports as Partial<RnnoiseExports>
  return c instanceof WebAssembly.Memory && [d, f, g, j].every((one) => typeof one === 'function')
}

/** The network with its memory of one voice. */
export class Denoiser {
  readonly #frame: Float32Array
  readonly #run: () => number

  constructor(module: WebAssembly.Module) {
    let memory: WebAssembly.Memory | null = null
    const { exports } = new WebAssembly.Instance(module, {
      a: {
        // Its memory is large enough from the start; asked to grow, it learns that it cannot.
        a: () => 0,
        b: (to: number, from: number, bytes: number) => {
          if (memory !== null) new Uint8Array(memory.buffer).copyWithin(to, from, from + bytes)
        },
      },
    })
    if (!isRnnoise(exports)) throw new Error('Denoiser: not the module that was expected')
    memory = exports.c
    exports.d()
    const state = exports.f(0)
    const address = exports.g(FRAME * Float32Array.BYTES_PER_ELEMENT)
    this.#frame = new Float32Array(memory.buffer, address, FRAME)
    this.#run = () => exports.j(state, address, address)
  }

  /** Replaces one frame by itself without the noise; answers how likely it holds a voice, 0 to 1. */
  clean(frame: Float32Array): number {
    for (let index = 0; index < FRAME; index += 1) this.#frame[index] = (frame[index] ?? 0) * SCALE
    const voice = this.#run()
    for (let index = 0; index < FRAME; index += 1) frame[index] = (this.#frame[index] ?? 0) / SCALE
    return voice
  }
}

/**
 * Turns blocks of any size into frames and back: what goes in comes out cleaned, as many samples at a time as went in,
 * one frame later.
 */
export class Frames {
  readonly #clean: (frame: Float32Array) => void
  readonly #frame = new Float32Array(FRAME)
  #filled = 0
  /** Cleaned samples that have not left yet; a frame of silence keeps it from ever running dry. */
  #ready: Float32Array = new Float32Array(FRAME)

  constructor(clean: (frame: Float32Array) => void) {
    this.#clean = clean
  }

  /** Takes `input` and fills `output`, of the same length. */
  pass(input: Float32Array, output: Float32Array): void {
    let taken = 0
    while (taken < input.length) {
      const part = input.subarray(taken, taken + FRAME - this.#filled)
      this.#frame.set(part, this.#filled)
      this.#filled += part.length
      taken += part.length
      if (this.#filled === FRAME) {
        this.#clean(this.#frame)
        this.#push(this.#frame)
        this.#filled = 0
      }
    }
    output.set(this.#ready.subarray(0, output.length))
    this.#ready = this.#ready.subarray(output.length)
  }

  #push(frame: Float32Array): void {
    const joined = new Float32Array(this.#ready.length + frame.length)
    joined.set(this.#ready)
    joined.set(frame, this.#ready.length)
    this.#ready = joined
  }
}

// Tests import this file where there is no audio thread.
if (typeof registerProcessor === 'function') {
  registerProcessor(
    'attune-noise',
    class extends AudioWorkletProcessor {
      readonly #frames: Frames

      constructor({ processorOptions: { module } }: WorkletOptions) {
        super()
        const denoiser = new Denoiser(module)
        this.#frames = new Frames((frame) => {
          denoiser.clean(frame)
        })
        this.port.postMessage('ready')
      }

      process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
        const input = inputs[0]?.[0]
        const output = outputs[0]?.[0]
        if (input !== undefined && output !== undefined) this.#frames.pass(input, output)
        return true
      }
    },
  )
}
