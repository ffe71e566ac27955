/**
 * The eight emotions and the one order that every array of probabilities follows. It must never learn a second order:
 * weights, records and charts all rely on this one.
 */

/** Emotions in the order of every probability array. */
export const EMOTIONS = [
  'neutral',
  'happy',
  'sad',
  'surprise',
  'fear',
  'disgust',
  'anger',
  'contempt',
] as const

/** Name of one emotion. */
export type EmotionName = (typeof EMOTIONS)[number]

/** How many emotions there are. */
export const EMOTION_COUNT = EMOTIONS.length
