/** The numbers behind a timeline: stacked shares with gaps, spans of one engagement, times as people read them. Pure. */
import type { Sample } from '../files/sample-video.ts'

type Point = readonly [at: number, low: number, high: number] | null

/** One emotion's band in the stack of all; null where no face was read. */
export function stackOf(samples: readonly Sample[], index: number): Point[] {
  return samples.map(({ at, face }) => {
    if (face === null) return null
    const sum = face.probabilities.reduce((total, value) => total + value, 0)
    if (sum === 0) return null
    const low = face.probabilities.slice(0, index).reduce((total, value) => total + value, 0)
    return [at, low / sum, (low + (face.probabilities[index] ?? 0)) / sum]
  })
}

export interface Span {
  readonly from: number
  readonly to: number
  readonly engagement: number
}

/** Neighbouring samples of one engagement as one span; each sample stands for the time around it. */
export function spansOf(samples: readonly Sample[], end: number): readonly Span[] {
  const spans: Span[] = []
  for (const [index, { at, face }] of samples.entries()) {
    const next = samples[index + 1]
    const to = next === undefined ? end : (at + next.at) / 2
    const engagement = face?.engagement ?? 0
    const last = spans.at(-1)
    if (last?.engagement === engagement) spans[spans.length - 1] = { ...last, to }
    else spans.push({ from: last?.to ?? 0, to, engagement })
  }
  return spans
}

/** Minutes and seconds. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  const tenth =
    seconds < 10 && !Number.isInteger(seconds) ? `.${String(Math.floor((seconds % 1) * 10))}` : ''
  return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}${tenth}`
}
