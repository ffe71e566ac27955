/**
 * What one look at a camera or a picture yields: the reading, its quality and what the head and eyes did. Values match
 * the codes of a record byte for byte. It holds numbers alone and must never carry a picture, a crop or landmarks.
 */
import { EMOTIONS, EMOTION_COUNT } from './emotions.ts'
import type { EmotionName } from './emotions.ts'

/** Why a reading is or is not clear; the codes of a record. Only `good` readings count as clear. */
export const QUALITY = {
  good: 0,
  noFace: 1,
  turnedAway: 2,
  tooDark: 3,
  tooSmall: 4,
  lowConfidence: 5,
  noCamera: 6,
  blurred: 7,
} as const

/** One of {@link QUALITY}. */
export type Quality = (typeof QUALITY)[keyof typeof QUALITY]

/** What head and eyes did for most of a burst; bits of a record, to be or-ed. */
export const BEHAVIOUR = { headTurnedAway: 1, eyesClosed: 2, faceSeenEarlier: 4 } as const

/** Engagement; the codes of a record. */
export const ENGAGEMENT = {
  unclear: 0,
  engaged: 1,
  partiallyEngaged: 2,
  notEngaged: 3,
  distracted: 4,
} as const

/** One of {@link ENGAGEMENT}. */
export type Engagement = (typeof ENGAGEMENT)[keyof typeof ENGAGEMENT]

/** One reading of one student at one moment. */
export interface Reading {
  /** `none`: no camera picture to read (stopped, muted, ended, frozen); everything else is then zero or `noCamera`. */
  readonly kind: 'none' | 'expression'
  /** Eight fractions in the order of `EMOTIONS`, summing to 1; all zero when no face could be classified. */
  readonly probabilities: readonly number[]
  /** The largest probability, calibrated; 0 when there is none. */
  readonly confidence: number
  readonly engagement: Engagement
  /** Bits of {@link BEHAVIOUR}. */
  readonly behaviour: number
  readonly quality: Quality
  /** Fresh frames that the reading rests on. */
  readonly frames: number
}

/** A rectangle in pixels of the picture it came from. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One face of a picture, largest first; for pictures there is no behaviour and no earlier frame. */
export interface FaceReading {
  readonly box: Box
  /** Eight fractions in the order of `EMOTIONS`. Given also when `quality` is not good, as far as there is a crop. */
  readonly probabilities: readonly number[]
  readonly confidence: number
  readonly engagement: Engagement
  readonly quality: Quality
}

/**
 * How hard to look for faces: `quick` looks once, for pictures that come many times a second; `thorough` also looks into
 * parts of a large picture, where faces are small, and beyond the borders of one that is nothing but a face.
 */
export type Effort = 'quick' | 'thorough'

/** The reading of a camera that gives no picture. */
export const NO_READING: Reading = {
  kind: 'none',
  probabilities: new Array<number>(EMOTION_COUNT).fill(0),
  confidence: 0,
  engagement: ENGAGEMENT.unclear,
  behaviour: 0,
  quality: QUALITY.noCamera,
  frames: 0,
}

/** The emotion that a set of probabilities favours, whatever its quality; null when all are zero. */
export function likeliest(probabilities: readonly number[]): EmotionName | null {
  let best = -1
  let most = 0
  for (const [index, value] of probabilities.entries()) {
    if (value > most) {
      best = index
      most = value
    }
  }
  return EMOTIONS[best] ?? null
}

/** The emotion of a clear reading; null when the reading is unclear. */
export function emotionOf(reading: Pick<Reading, 'probabilities' | 'quality'>): EmotionName | null {
  return reading.quality === QUALITY.good ? likeliest(reading.probabilities) : null
}
