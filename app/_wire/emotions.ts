/**
 * Emotions and engagement in the one order that records, charts and the model share. It must never be
 * reordered: the order is part of the binary record.
 */

/** The eight emotions, in the order of a record's probabilities. */
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
export type Emotion = (typeof EMOTIONS)[number]

/** Engagement by the number that a record carries. */
export const ENGAGEMENTS = [
  'unclear',
  'engaged',
  'partially-engaged',
  'not-engaged',
  'distracted',
] as const
export type Engagement = (typeof ENGAGEMENTS)[number]

/** The emotions that count as negative in the support rule and the class hint. */
export const NEGATIVE_EMOTIONS: readonly Emotion[] = ['sad', 'fear', 'disgust', 'anger', 'contempt']
