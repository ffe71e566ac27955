/** Totals as the page sees them: names instead of positions, and nothing that was not meant to be shown. */
import { EMOTIONS } from '../../_wire/emotions.ts'
import type { Totals } from '../format/totals.ts'
import type { ClassTotals } from '../verbs.ts'

export function shownTotals(classId: string, totals: Totals): ClassTotals {
  const { interval, at, total, shown } = totals
  const head = { classId, interval, at, total, tooFew: shown === null }
  if (!shown) return { ...head, counts: null, engagement: null }
  const count = (index: number): number => shown.counts[index] ?? 0
  const engaged = (code: number): number => shown.engagement[code] ?? 0
  const [neutral, happy, sad, surprise, fear, disgust, anger, contempt] = EMOTIONS.map((_, i) =>
    count(i),
  )
  return {
    ...head,
    counts: {
      neutral: neutral ?? 0,
      happy: happy ?? 0,
      sad: sad ?? 0,
      surprise: surprise ?? 0,
      fear: fear ?? 0,
      disgust: disgust ?? 0,
      anger: anger ?? 0,
      contempt: contempt ?? 0,
      unclear: count(EMOTIONS.length),
    },
    engagement: {
      unclear: engaged(0),
      engaged: engaged(1),
      partiallyEngaged: engaged(2),
      notEngaged: engaged(3),
      distracted: engaged(4),
    },
  }
}
