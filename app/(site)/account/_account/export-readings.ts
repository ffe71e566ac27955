/** Own readings as files, made on this device for the person whose they are. Pure; the page saves what comes out. */
import Papa from 'papaparse'
import type { MyReading } from '../../../_vault/verbs.ts'
import { EMOTIONS } from '../../../_wire/emotions.ts'

const iso = (at: number): string => new Date(at).toISOString()

/** One line a reading, oldest first. */
export function readingsAsCsv(readings: readonly MyReading[]): string {
  const head = [
    'at',
    'course',
    'class',
    'classStartedAt',
    'interval',
    'source',
    'emotion',
    'engagement',
    'confidence',
    'quality',
    ...EMOTIONS,
  ]
  const rows = readings.map((reading) => [
    iso(reading.at),
    reading.courseName,
    reading.classId,
    iso(reading.classStartedAt),
    reading.interval,
    reading.kind,
    reading.emotion ?? 'unclear',
    reading.engagement,
    rounded(reading.confidence),
    reading.quality,
    ...reading.probabilities.map(rounded),
  ])
  // A course's name is text from people: it must not become a formula in a spreadsheet.
  return Papa.unparse([head, ...rows], { escapeFormulae: true })
}

export function readingsAsJson(readings: readonly MyReading[]): string {
  const shown = readings.map(({ at, classStartedAt, probabilities, ...rest }) => ({
    at: iso(at),
    ...rest,
    classStartedAt: iso(classStartedAt),
    probabilities: Object.fromEntries(EMOTIONS.map((name, i) => [name, probabilities[i] ?? 0])),
  }))
  return JSON.stringify({ readings: shown }, null, 2)
}

function rounded(fraction: number): number {
  return Math.round(fraction * 10_000) / 10_000
}
