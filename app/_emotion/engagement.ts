/**
 * From an emotion and a behaviour to engagement, by the rule of the second reference paper as this product reads it. It
 * must never call a student distracted whose face was not seen earlier in the class: a camera that stands aside from the
 * screen, or a seat that was empty all along, tells nothing.
 */
import { BEHAVIOUR, ENGAGEMENT } from './reading.ts'
import type { EmotionName } from './emotions.ts'
import type { Engagement } from './reading.ts'

const BY_EMOTION: Readonly<Record<EmotionName, Engagement>> = {
  happy: ENGAGEMENT.engaged,
  surprise: ENGAGEMENT.engaged,
  neutral: ENGAGEMENT.engaged,
  fear: ENGAGEMENT.partiallyEngaged,
  sad: ENGAGEMENT.notEngaged,
  anger: ENGAGEMENT.notEngaged,
  disgust: ENGAGEMENT.notEngaged,
  contempt: ENGAGEMENT.notEngaged,
}

const LOOKS_ELSEWHERE = BEHAVIOUR.headTurnedAway | BEHAVIOUR.eyesClosed

/** True when the behaviour bits of a reading mean *distracted*. */
export function isDistracted(behaviour: number): boolean {
  return (behaviour & BEHAVIOUR.faceSeenEarlier) !== 0 && (behaviour & LOOKS_ELSEWHERE) !== 0
}

/**
 * Engagement of a reading.
 * @param emotion the emotion of a clear reading, null when the reading is unclear
 * @param behaviour bits of `BEHAVIOUR`; a distracting one overrides the emotion
 */
export function engagementOf(emotion: EmotionName | null, behaviour: number): Engagement {
  if (isDistracted(behaviour)) return ENGAGEMENT.distracted
  return emotion === null ? ENGAGEMENT.unclear : BY_EMOTION[emotion]
}
