/**
 * What was read of a file, as the page holds it: numbers, and for pictures the small copy that is shown. It lives in
 * this tab's memory alone until the person downloads or submits it.
 */
import type { FaceReading } from '../../../_emotion/reader.ts'
import { emotionOf, ENGAGEMENT, type Engagement } from '../../../_emotion/reading.ts'
import { EMOTIONS, type Emotion } from '../../../_wire/emotions.ts'
import type { Sample } from '../files/sample-video.ts'

interface Read {
  readonly id: string
  readonly file: string
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface PictureResult extends Read {
  readonly kind: 'picture'
  /** Boxes in pixels of {@link preview}. */
  readonly faces: readonly FaceReading[]
  readonly preview: Blob
  readonly width: number
  readonly height: number
}

export interface VideoResult extends Read {
  readonly kind: 'video'
  readonly samples: readonly Sample[]
}

export type Result = PictureResult | VideoResult

/** One line of the table. */
export interface ResultRow {
  readonly key: string
  readonly result: Result
  readonly file: string
  /** Number of the face, from 1. */
  readonly face: number
  /** Of a video: samples with a face, of all. */
  readonly seen: { readonly with: number; readonly of: number } | null
  readonly reading: FaceReading
  readonly emotion: Emotion | null
}

function commonest<T>(values: readonly T[], none: T): T {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? none
}

/** A video as one line: means over its clear samples. Null where no sample had a face. */
export function summaryOf(samples: readonly Sample[]): FaceReading | null {
  const faces = samples.flatMap(({ face }) => (face === null ? [] : [face]))
  const clear = faces.filter((face) => emotionOf(face) !== null)
  const counted = clear.length > 0 ? clear : faces
  const [first] = counted
  if (first === undefined) return null
  const mean = (of: (face: FaceReading) => number): number =>
    counted.reduce((sum, face) => sum + of(face), 0) / counted.length
  return {
    box: first.box,
    probabilities: EMOTIONS.map((_, index) => mean((face) => face.probabilities[index] ?? 0)),
    confidence: mean((face) => face.confidence),
    engagement: commonest<Engagement>(
      clear.map(({ engagement }) => engagement),
      ENGAGEMENT.unclear,
    ),
    quality: first.quality,
  }
}

const madeRows = new WeakMap<Result, readonly ResultRow[]>()

/** The lines of a result: the same ones each time, so that a long table draws only what is new. */
export function rowsOf(result: Result): readonly ResultRow[] {
  const rows = madeRows.get(result) ?? makeRows(result)
  madeRows.set(result, rows)
  return rows
}

function makeRows(result: Result): readonly ResultRow[] {
  const { id, file } = result
  const row = (face: number, reading: FaceReading, seen: ResultRow['seen']): ResultRow => ({
    key: `${id}/${face}`,
    result,
    file,
    face,
    seen,
    reading,
    emotion: emotionOf(reading),
  })
  if (result.kind === 'picture') return result.faces.map((face, i) => row(i + 1, face, null))
  const summary = summaryOf(result.samples)
  const seen = {
    with: result.samples.filter(({ face }) => face !== null).length,
    of: result.samples.length,
  }
  return summary === null ? [] : [row(1, summary, seen)]
}

export const RESULT_COLUMNS = ['file', 'face', 'emotion', 'confidence', 'engagement'] as const
export type ResultColumn = (typeof RESULT_COLUMNS)[number]

/** Sorted rows; unclear emotions come last, ties keep the order of reading. */
export function sortRows(
  rows: readonly ResultRow[],
  column: ResultColumn,
  descending: boolean,
): readonly ResultRow[] {
  const value = ({ file, face, emotion, reading }: ResultRow): string | number =>
    ({
      file,
      face,
      emotion: emotion ?? '\uffff',
      confidence: reading.confidence,
      engagement: reading.engagement === 0 ? 9 : reading.engagement,
    })[column]
  const compare = (a: string | number, b: string | number): number =>
    typeof a === 'string' || typeof b === 'string'
      ? String(a).localeCompare(String(b), undefined, { numeric: true })
      : a - b
  const sorted = [...rows].sort((a, b) => compare(value(a), value(b)))
  return descending ? sorted.reverse() : sorted
}
