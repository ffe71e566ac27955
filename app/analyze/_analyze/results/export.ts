/**
 * Results as files to keep: CSV that no spreadsheet takes for a formula, and JSON. Pure; nothing here is sent anywhere.
 */
import { unparse } from 'papaparse'
import { EMOTIONS } from '../../../_wire/emotions.ts'
import { likeliest, QUALITY, type FaceReading } from '../../../_emotion/reading.ts'
import type { Result } from './result.ts'

export const ENGAGEMENT_WORDS = [
  'unclear',
  'engaged',
  'partially engaged',
  'not engaged',
  'distracted',
] as const

const QUALITY_WORDS = Object.fromEntries(
  Object.entries(QUALITY).map(([word, code]) => [code, word]),
)

/** One row a face. */
interface ExportRow {
  readonly file: string
  readonly seconds: number | null
  readonly face: number
  readonly reading: FaceReading
}

function rowsOf(results: readonly Result[]): readonly ExportRow[] {
  return results.flatMap((result): readonly ExportRow[] =>
    result.kind === 'picture'
      ? result.faces.map((reading, index) => ({
          file: result.file,
          seconds: null,
          face: index + 1,
          reading,
        }))
      : result.samples.flatMap(({ at, face }) =>
          face === null ? [] : [{ file: result.file, seconds: at, face: 1, reading: face }],
        ),
  )
}

function plain({ file, seconds, face, reading }: ExportRow) {
  const { probabilities, confidence, engagement, quality, box } = reading
  return {
    file,
    seconds: seconds === null ? '' : Number(seconds.toFixed(2)),
    face,
    emotion: quality === QUALITY.good ? (likeliest(probabilities) ?? 'unclear') : 'unclear',
    confidence: Number(confidence.toFixed(4)),
    engagement: ENGAGEMENT_WORDS[engagement],
    quality: QUALITY_WORDS[quality] ?? '',
    ...Object.fromEntries(
      EMOTIONS.map((name, index) => [name, Number((probabilities[index] ?? 0).toFixed(4))]),
    ),
    x: Math.round(box.x),
    y: Math.round(box.y),
    width: Math.round(box.width),
    height: Math.round(box.height),
  }
}

/** RFC 4180; a text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function toCsv(results: readonly Result[]): string {
  return unparse(rowsOf(results).map(plain), { escapeFormulae: true, newline: '\r\n' })
}

export function toJson(results: readonly Result[]): string {
  return JSON.stringify(rowsOf(results).map(plain), null, 2)
}
