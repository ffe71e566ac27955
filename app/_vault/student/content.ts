/**
 * From what a page hands in to what a record says. A page is not trusted to be right: numbers out of range are refused
 * before anything is signed. Nothing here may fetch, store or send.
 */
import * as z from 'zod'
import { EMOTIONS, type Emotion } from '../../_wire/emotions.ts'
import type { RecordBody } from '../format/record.ts'
import type { OwnReading } from '../verbs.ts'

/** The part of a record that tells of a reading. */
export type RecordContent = Pick<
  RecordBody,
  'kind' | 'probabilities' | 'engagement' | 'behaviour' | 'quality' | 'confidence'
>

const NO_CAMERA = 6
const ENGAGED = 1
const PARTIALLY = 2
const NOT_ENGAGED = 3

const fraction = z.number().min(0).max(1)

/** What a page may hand in. */
export const ownReadingSchema: z.ZodType<OwnReading> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('check-in'), emotion: z.enum(EMOTIONS) }),
  z.object({
    kind: z.enum(['expression', 'none']),
    probabilities: z.array(fraction).length(8),
    confidence: fraction,
    engagement: z.int().min(0).max(4),
    behaviour: z.int().min(0).max(7),
    quality: z.int().min(0).max(7),
  }),
])

/** A record of kind none: no consent, no tap, no camera, no model. */
export const NOTHING_READ: RecordContent = {
  kind: 'none',
  probabilities: [0, 0, 0, 0, 0, 0, 0, 0],
  engagement: 0,
  behaviour: 0,
  quality: NO_CAMERA,
  confidence: 0,
}

/** Engagement of a tapped emotion, by the product's one table. */
const ENGAGEMENT_OF: Readonly<Record<Emotion, 1 | 2 | 3>> = {
  neutral: ENGAGED,
  happy: ENGAGED,
  surprise: ENGAGED,
  fear: PARTIALLY,
  sad: NOT_ENGAGED,
  disgust: NOT_ENGAGED,
  anger: NOT_ENGAGED,
  contempt: NOT_ENGAGED,
}

const ENGAGEMENT_CODES = [0, 1, 2, 3, 4] as const

/** What a record says of a reading. */
export function contentOf(reading: OwnReading): RecordContent {
  if (reading.kind === 'check-in') {
    return {
      kind: 'check-in',
      probabilities: EMOTIONS.map((emotion) => (emotion === reading.emotion ? 1 : 0)),
      engagement: ENGAGEMENT_OF[reading.emotion],
      behaviour: 0,
      quality: 0,
      confidence: 1,
    }
  }
  if (reading.kind === 'none') return { ...NOTHING_READ, quality: reading.quality }
  const { kind, probabilities, behaviour, quality, confidence } = reading
  const engagement = ENGAGEMENT_CODES.find((code) => code === reading.engagement) ?? 0
  return { kind, probabilities, engagement, behaviour, quality, confidence }
}
