/**
 * The eight emotions in the one order that every array of probabilities follows, as the analysis names them. It must
 * never learn a second order: weights, records and charts all rely on this one.
 */
import { EMOTIONS } from '../_wire/emotions.ts'
import type { Emotion } from '../_wire/emotions.ts'

export { EMOTIONS }

/** Name of one emotion. */
export type EmotionName = Emotion

/** How many emotions there are. */
export const EMOTION_COUNT = EMOTIONS.length
