/**
 * From the frames of one burst to one reading, so that a blink is not a mood and one odd frame decides nothing. Keeps,
 * for the length of a class, whether a face was seen and how wide this person's eyes stand open, and must never keep
 * anything else about a person.
 */
import { EMOTION_COUNT } from './emotions.ts'
import { engagementOf } from './engagement.ts'
import { BEHAVIOUR, NO_READING, QUALITY, emotionOf, likeliest } from './reading.ts'
import type { HeadPose } from './geometry.ts'
import type { Quality, Reading } from './reading.ts'

/** One frame with a face in it. */
export interface FaceInFrame {
  readonly quality: Quality
  readonly pose: HeadPose
  /** See `eyeOpenness`. */
  readonly openness: number
  /** Eight fractions; empty when the frame's quality forbids a class. */
  readonly probabilities: readonly number[]
}

/** One fresh frame: the largest face, or null when there was none. */
export type Frame = FaceInFrame | null

/** What a class remembers of one person. */
export interface Memory {
  /** A face was seen looking towards the camera. */
  readonly faceSeen: boolean
  /** How wide this person's eyes usually stand open; null before they were seen. */
  readonly openEyes: number | null
}

/** At the start of a class. */
export const NO_MEMORY: Memory = { faceSeen: false, openEyes: null }

/** Limits of behaviour. */
const AWAY = {
  /** Degrees to either side from which a head counts as turned away; looking down is how people write. */
  yaw: 35,
  /** Degrees upwards. */
  up: 35,
  /** Degrees downwards beyond which lids say nothing. */
  lidsHidden: 20,
  /** Eyes are closed below this part of their usual opening, … */
  closedPart: 0.5,
  /** … and never above this opening, nor ever judged open below the one for people not seen yet. */
  closedAtMost: 0.2,
  closedUnseen: 0.1,
} as const

const isTurnedAway = (face: FaceInFrame): boolean =>
  Math.abs(face.pose.yaw) > AWAY.yaw || face.pose.pitch < -AWAY.up

/** A smile narrows the eyes too; closed eyes with a smile are a laugh. */
function hasClosedEyes(face: FaceInFrame, memory: Memory): boolean {
  if (isTurnedAway(face) || face.pose.pitch > AWAY.lidsHidden) return false
  if (likeliest(face.probabilities) === 'happy') return false
  const limit =
    memory.openEyes === null
      ? AWAY.closedUnseen
      : Math.min(AWAY.closedAtMost, memory.openEyes * AWAY.closedPart)
  return face.openness < limit
}

/** The median of each class over frames, brought back to a sum of 1. */
export function averageProbabilities(rows: readonly (readonly number[])[]): readonly number[] {
  const medians = Array.from({ length: EMOTION_COUNT }, (_, emotion) =>
    median(rows.map((row) => row[emotion] ?? 0)),
  )
  const sum = medians.reduce((total, value) => total + value, 0)
  if (sum > 0) return medians.map((value) => value / sum)
  const means = medians.map((_, emotion) =>
    rows.reduce((total, row) => total + (row[emotion] ?? 0), 0),
  )
  const whole = means.reduce((total, value) => total + value, 0)
  return whole > 0 ? means.map((value) => value / whole) : means
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2
}

/** The most frequent quality that is not good; of equal ones the one that came first. */
function commonestFault(frames: readonly Frame[]): Quality {
  const counts = new Map<Quality, number>()
  for (const frame of frames) {
    const quality = frame === null ? QUALITY.noFace : frame.quality
    if (quality !== QUALITY.good) counts.set(quality, (counts.get(quality) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? QUALITY.noFace
}

function remember(memory: Memory, faces: readonly FaceInFrame[]): Memory {
  const facing = faces.filter((face) => face.quality === QUALITY.good && !isTurnedAway(face))
  if (facing.length === 0) return memory
  const widest = Math.max(...facing.map((face) => face.openness))
  const usual = memory.openEyes
  // Eyes that stayed closed all through a burst must not become this person's usual opening.
  if (usual !== null && widest < usual * 0.75) return { faceSeen: true, openEyes: usual }
  const openEyes = usual === null ? widest : usual + 0.3 * (widest - usual)
  return { faceSeen: true, openEyes }
}

/**
 * One reading from one burst.
 * @param frames fresh frames, in order; none when the camera gave nothing
 * @param wanted frames that the burst asked for
 * @param memory what the class knew of this person before the burst
 * @param unclearThreshold confidence below which a reading is unclear
 * @returns the reading, and what the class knows after it
 */
export function readBurst(
  frames: readonly Frame[],
  wanted: number,
  memory: Memory,
  unclearThreshold: number,
): { readonly reading: Reading; readonly memory: Memory } {
  if (frames.length === 0) return { reading: NO_READING, memory }
  const faces = frames.filter((frame) => frame !== null)
  const good = faces.filter((face) => face.quality === QUALITY.good)
  const open = good.filter((face) => !hasClosedEyes(face, memory))
  const used = open.length * 2 >= good.length ? open : good
  const readable = good.length * 2 >= frames.length && used.length > 0
  const probabilities = readable
    ? averageProbabilities(used.map((face) => face.probabilities))
    : NO_READING.probabilities
  const confidence = Math.max(...probabilities)
  const quality = !readable
    ? commonestFault(frames)
    : confidence < unclearThreshold
      ? QUALITY.lowConfidence
      : QUALITY.good
  const behaviour = behaviourOf(frames, wanted, memory)
  const emotion = emotionOf({ probabilities, quality })
  const engagement = engagementOf(emotion, behaviour)
  const reading: Reading = {
    kind: 'expression',
    probabilities,
    confidence,
    engagement,
    behaviour,
    quality,
    frames: frames.length,
  }
  return { reading, memory: remember(memory, faces) }
}

/** Behaviour bits; head and eyes count only when most of the wanted frames came fresh, and in most of those. */
function behaviourOf(frames: readonly Frame[], wanted: number, memory: Memory): number {
  let bits = memory.faceSeen ? BEHAVIOUR.faceSeenEarlier : 0
  if (frames.length * 2 <= wanted) return bits
  const most = (test: (face: FaceInFrame) => boolean): boolean =>
    frames.filter((frame) => frame !== null && test(frame)).length * 2 > frames.length
  if (most(isTurnedAway)) bits |= BEHAVIOUR.headTurnedAway
  if (most((face) => hasClosedEyes(face, memory))) bits |= BEHAVIOUR.eyesClosed
  return bits
}
