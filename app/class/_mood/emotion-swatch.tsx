/**
 * The colour of an emotion beside its name. It must never stand without the name.
 */
import type { ReactNode } from 'react'
import type { MoodPart } from './slices.ts'

/** Fill of each part; tokens of globals.css that stay apart for colour-blind eyes. */
export const MOOD_COLOURS: Readonly<Record<MoodPart, string>> = {
  neutral: 'var(--color-emotion-neutral)',
  happy: 'var(--color-emotion-happy)',
  sad: 'var(--color-emotion-sad)',
  surprise: 'var(--color-emotion-surprise)',
  fear: 'var(--color-emotion-fear)',
  disgust: 'var(--color-emotion-disgust)',
  anger: 'var(--color-emotion-anger)',
  contempt: 'var(--color-emotion-contempt)',
  unclear: 'var(--color-emotion-unclear)',
}

/** A dot in the colour of an emotion. */
export function EmotionSwatch({ emotion }: { emotion: MoodPart }): ReactNode {
  return (
    <span
      aria-hidden="true"
      className="size-2.5 shrink-0 rounded-full ring-1 ring-ink/15"
      style={{ background: MOOD_COLOURS[emotion] }}
    />
  )
}
