/**
 * The rule by which a student is offered help: a pure function of the student's own readings, run by a teacher's vault
 * after a class and, where no notice came, by the student's own. Both have to come to the same answer, so nothing here
 * may depend on the order in which records arrived, on the clock, or on anybody else's readings. It must never be
 * called outside a vault, and its answer goes to one person alone.
 *
 * **A class is low** when negative readings (sad, fear, disgust, anger, contempt) come to more than `count` in 30
 * minutes at one reading every two minutes, scaled to the clear readings that were really taken: with 15 readings in
 * those 30 minutes, `negative × 15 > count × clear`, where `clear` is at least 8. So with the default of 7 a class is
 * low from 8 of 15, 4 of 8 is (60 > 56), 14 of 30 is not (210 = 210): equal is not more.
 *
 * **A student is flagged** when the course has had more than `classesBefore` classes, this one included, and each of
 * the last `classesLookedAt` classes that the student attended was low.
 *
 * At the edges:
 * - A *gap* (no record, a record of kind none, an unclear reading) is neither negative nor clear: it shortens the
 *   class, it never makes one low. With fewer than 8 clear readings a class is not low, however they were.
 * - *Attended* is a class with at least one record of the student, of any kind: a class without consent was attended
 *   and is not low, so it ends a row of low ones. A class missed altogether changes nothing.
 * - *Fewer attended classes* than `classesLookedAt` flag nobody.
 * - *Late records* count in the class and the interval that they name; a record that comes twice counts once.
 * - *Two devices, or several streams*: an interval counts one reading. Clear goes before unclear; of two clear ones the
 *   one of the smaller stream id, then of the smaller sequence, so that every vault chooses the same one.
 * - A reading whose greatest probability is shared takes the earlier emotion, as everywhere.
 */
import type { SupportRule } from '../../_wire/notices.ts'

export const RULE_VERSION = 1
/** Clear readings that a class needs before it can be low. */
export const LEAST_CLEAR = 8
/** Readings in 30 minutes at one every two minutes. */
const READINGS_IN_HALF_AN_HOUR = 15

/** What the rule sees of one record. */
export interface RuleReading {
  /** Hex of the stream id. */
  readonly stream: string
  readonly sequence: number
  readonly interval: number
  readonly clear: boolean
  /** Of a clear reading: sad, fear, disgust, anger or contempt. */
  readonly negative: boolean
}

/** A class as one student attended it. */
export interface RuleClass {
  readonly classId: string
  readonly startedAt: number
  readonly readings: readonly RuleReading[]
}

/** True when `a` is the record that counts of the two. */
function counts(a: RuleReading, b: RuleReading): boolean {
  if (a.clear !== b.clear) return a.clear
  if (a.stream !== b.stream) return a.stream < b.stream
  return a.sequence < b.sequence
}

/** Clear and negative readings of a class, one an interval. */
export function countClass(readings: readonly RuleReading[]): { clear: number; negative: number } {
  const chosen = new Map<number, RuleReading>()
  for (const reading of readings) {
    const other = chosen.get(reading.interval)
    if (!other || counts(reading, other)) chosen.set(reading.interval, reading)
  }
  const clear = [...chosen.values()].filter((reading) => reading.clear)
  return { clear: clear.length, negative: clear.filter((reading) => reading.negative).length }
}

/** True for a low class. */
export function isLow(readings: readonly RuleReading[], rule: Pick<SupportRule, 'count'>): boolean {
  const { clear, negative } = countClass(readings)
  return clear >= LEAST_CLEAR && negative * READINGS_IN_HALF_AN_HOUR > rule.count * clear
}

/**
 * The class that a flag speaks of: the last one that the student attended, when the student is flagged; else null. A
 * student who misses classes keeps that flag and gets no second one, since the class stays the same.
 * @param classesHad classes of the course up to and with the one that has just ended
 * @param attended classes up to and with that one, in any order; those without a record do not count
 */
export function flagOf(
  classesHad: number,
  attended: readonly RuleClass[],
  rule: SupportRule,
): string | null {
  if (classesHad <= rule.classesBefore) return null
  const last = attended
    .filter(({ readings }) => readings.length > 0)
    .sort((a, b) => b.startedAt - a.startedAt || (a.classId < b.classId ? 1 : -1))
    .slice(0, rule.classesLookedAt)
  if (last.length < rule.classesLookedAt) return null
  return last.every(({ readings }) => isLow(readings, rule)) ? (last[0]?.classId ?? null) : null
}
