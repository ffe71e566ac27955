'use client'

/** The words for what was read, in the person's language. */
import { useFormatter, useTranslations } from 'next-intl'
import type { FaceReading } from '../../_emotion/reader.ts'
import { emotionOf, ENGAGEMENT, QUALITY } from '../../_emotion/reading.ts'
import type { Emotion } from '../../_wire/emotions.ts'
import type { Labelled } from './draw.ts'

const ENGAGEMENT_NAMES = Object.entries(ENGAGEMENT) as [keyof typeof ENGAGEMENT, number][]
const QUALITY_NAMES = Object.entries(QUALITY) as [keyof typeof QUALITY, number][]

export interface Words {
  readonly emotion: (emotion: Emotion | null) => string
  readonly engagement: (code: number) => string
  readonly quality: (code: number) => string
  readonly percent: (fraction: number) => string
  /** A face with the lines that are drawn beside it. */
  readonly labelled: (face: FaceReading) => Labelled
}

export function useWords(): Words {
  const t = useTranslations('analyze')
  const format = useFormatter()
  const words: Words = {
    emotion: (emotion) => (emotion === null ? t('unclear') : t(`emotions.${emotion}`)),
    engagement: (code) => {
      const name = ENGAGEMENT_NAMES.find(([, value]) => value === code)?.[0] ?? 'unclear'
      return t(`engagement.${name}`)
    },
    quality: (code) => {
      const name = QUALITY_NAMES.find(([, value]) => value === code)?.[0] ?? 'good'
      return t(`quality.${name}`)
    },
    percent: (fraction) => format.number(fraction, { style: 'percent', maximumFractionDigits: 0 }),
    labelled: (face) => {
      const emotion = emotionOf(face)
      const first = `${words.emotion(emotion)} ${words.percent(face.confidence)}`
      const lines = emotion === null ? [first] : [first, words.engagement(face.engagement)]
      return { box: face.box, emotion, lines }
    },
  }
  return words
}
