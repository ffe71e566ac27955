/** What a student attaches to a case: nothing, a summary by class, or the readings, as far as there is room. Pure. */
import { EMOTIONS } from '../../_wire/emotions.ts'
import { ATTACHMENT_ROOM, type AttachmentContent } from '../format/case.ts'
import type { RecordBody } from '../format/record.ts'
import type { OwnClass } from '../history/my-readings.ts'
import { isClear, prefer, strongest } from '../teacher/count.ts'

const CLASSES_AT_MOST = 100

/** One record an interval, in their order. */
function byInterval(bodies: readonly RecordBody[]): RecordBody[] {
  const chosen = new Map<number, RecordBody>()
  for (const body of bodies) {
    const other = chosen.get(body.interval)
    chosen.set(body.interval, other ? prefer(other, body) : body)
  }
  return [...chosen.values()].sort((a, b) => a.interval - b.interval)
}

export function attachmentOf(
  share: AttachmentContent['share'],
  classes: readonly OwnClass[],
): AttachmentContent {
  const newest = [...classes].sort((a, b) => b.startedAt - a.startedAt).slice(0, CLASSES_AT_MOST)
  if (share === 'nothing') return { share }
  if (share === 'summary') return { share, classes: newest.map(summary) }
  const all = newest.map(readings)
  for (let kept = all.length; ; kept--) {
    const content: AttachmentContent = {
      share,
      classes: all.slice(0, kept),
      cut: kept < classes.length,
    }
    const size = new TextEncoder().encode(JSON.stringify(content)).length
    if (size <= ATTACHMENT_ROOM) return content
  }
}

function summary({ courseId, classId, startedAt, bodies }: OwnClass) {
  const counts = {
    neutral: 0,
    happy: 0,
    sad: 0,
    surprise: 0,
    fear: 0,
    disgust: 0,
    anger: 0,
    contempt: 0,
    unclear: 0,
  }
  for (const body of byInterval(bodies)) {
    counts[isClear(body) ? (EMOTIONS[strongest(body.probabilities)] ?? 'unclear') : 'unclear']++
  }
  return { courseId, classId, startedAt, counts }
}

function readings({ courseId, classId, startedAt, bodies }: OwnClass) {
  return {
    courseId,
    classId,
    startedAt,
    readings: byInterval(bodies).map((body): [number, number, number] => [
      body.interval,
      isClear(body) ? strongest(body.probabilities) : -1,
      body.engagement,
    ]),
  }
}
