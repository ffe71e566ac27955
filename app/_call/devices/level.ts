/**
 * How loud a microphone is, for a meter. It listens to a track on this device and must never send
 * or keep a sample.
 */

/** Quietest and loudest level that the meter tells apart, in decibels of full scale. */
const QUIETEST_DB = -60
const LOUDEST_DB = -12

/** The share of the meter, 0 to 1, for the root mean square of samples in [-1, 1]. */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < samples.length; index += 1) sum += (samples[index] ?? 0) ** 2
  const power = samples.length === 0 ? 0 : sum / samples.length
  const decibels = power === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(power)
  return Math.min(1, Math.max(0, (decibels - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)))
}

export type LevelMeter = {
  /** The level now, 0 to 1. */
  read(): number
  close(): void
}

/** Starts listening to a track; the track itself is left as it is. */
export function createLevelMeter(track: MediaStreamTrack): LevelMeter {
  const context = new AudioContext()
  const source = context.createMediaStreamSource(new MediaStream([track]))
  const analyser = new AnalyserNode(context, { fftSize: 1024 })
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  return {
    read() {
      analyser.getFloatTimeDomainData(samples)
      return levelOf(samples)
    },
    close() {
      source.disconnect()
      // Closing only releases; there is nothing to do if the browser has released it already.
      context.close().catch(() => undefined)
    },
  }
}
