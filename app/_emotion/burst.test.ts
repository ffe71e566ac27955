import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_MEMORY, averageProbabilities, readBurst } from './burst.ts'
import { EMOTIONS } from './emotions.ts'
import { BEHAVIOUR, ENGAGEMENT, NO_READING, QUALITY, emotionOf } from './reading.ts'
import type { FaceInFrame, Frame, Memory } from './burst.ts'
import type { EmotionName } from './emotions.ts'

const THRESHOLD = 0.45
const SEEN: Memory = { faceSeen: true, openEyes: 0.3 }

const mostly = (emotion: EmotionName, share = 0.86): number[] =>
  EMOTIONS.map((name) => (name === emotion ? share : (1 - share) / 7))

function face(emotion: EmotionName, more: Partial<FaceInFrame> = {}): FaceInFrame {
  return {
    quality: QUALITY.good,
    pose: { yaw: 0, pitch: 0 },
    openness: 0.3,
    probabilities: mostly(emotion),
    ...more,
  }
}

const aside = face('neutral', {
  pose: { yaw: 60, pitch: 0 },
  quality: QUALITY.turnedAway,
  probabilities: [],
})
const asleep = face('neutral', { openness: 0.08 })
const read = (frames: readonly Frame[], memory: Memory = SEEN, wanted = frames.length) =>
  readBurst(frames, wanted, memory, THRESHOLD).reading
const times = <T>(count: number, value: T): T[] => new Array<T>(count).fill(value)

const anyFace = fc.record({
  quality: fc.constantFrom(...Object.values(QUALITY)),
  pose: fc.record({
    yaw: fc.integer({ min: -180, max: 180 }),
    pitch: fc.integer({ min: -90, max: 90 }),
  }),
  openness: fc.double({ min: 0, max: 0.6, noNaN: true }),
  probabilities: fc.constantFrom(...EMOTIONS).map((emotion) => mostly(emotion)),
})
const anyFrames = fc.array(fc.option(anyFace, { nil: null, freq: 4 }), { maxLength: 9 })

describe('readBurst', () => {
  it('reads what most frames show, and one odd frame changes nothing', () => {
    const plain = read(times(5, face('happy')))
    const odd = read([...times(4, face('happy')), face('anger')])
    expect(emotionOf(plain)).toBe('happy')
    expect(plain.engagement).toBe(ENGAGEMENT.engaged)
    expect(odd.probabilities).toEqual(plain.probabilities)
  })

  it('does not take a blink for a mood', () => {
    const blink = face('sad', { openness: 0.05 })
    const reading = read([face('neutral'), blink, face('neutral'), blink, face('neutral')])
    expect(emotionOf(reading)).toBe('neutral')
    expect(reading.behaviour & BEHAVIOUR.eyesClosed).toBe(0)
  })

  it('is of kind none without a fresh frame', () => {
    expect(read([], SEEN, 5)).toEqual(NO_READING)
  })

  it('is unclear without a face, and says so', () => {
    const reading = read(times(5, null))
    expect(reading).toMatchObject({ kind: 'expression', quality: QUALITY.noFace, confidence: 0 })
    expect(reading.engagement).toBe(ENGAGEMENT.unclear)
  })

  it('is unclear below the threshold', () => {
    const reading = read(times(5, face('sad', { probabilities: mostly('sad', 0.4) })))
    expect(reading.quality).toBe(QUALITY.lowConfidence)
    expect(reading.engagement).toBe(ENGAGEMENT.unclear)
  })

  it('names the commonest fault when most frames cannot be read', () => {
    const dark = face('neutral', { quality: QUALITY.tooDark, probabilities: [] })
    expect(read([dark, null, dark, face('happy'), dark]).quality).toBe(QUALITY.tooDark)
  })

  it('calls a head turned away, and eyes closed, distracted once a face was seen', () => {
    const away = read([...times(4, aside), null])
    expect(away).toMatchObject({ quality: QUALITY.turnedAway, engagement: ENGAGEMENT.distracted })
    expect(away.behaviour).toBe(BEHAVIOUR.headTurnedAway | BEHAVIOUR.faceSeenEarlier)
    const sleeps = read(times(5, asleep))
    expect(sleeps.engagement).toBe(ENGAGEMENT.distracted)
    expect(sleeps.behaviour).toBe(BEHAVIOUR.eyesClosed | BEHAVIOUR.faceSeenEarlier)
  })

  it('never calls distracted before a face was seen, nor on few fresh frames', () => {
    expect(read(times(5, aside), NO_MEMORY).engagement).toBe(ENGAGEMENT.unclear)
    expect(read(times(2, aside), SEEN, 5).engagement).toBe(ENGAGEMENT.unclear)
    expect(read(times(5, null)).engagement).toBe(ENGAGEMENT.unclear)
  })

  it('takes neither laughing nor writing nor narrow eyes for closed eyes', () => {
    expect(read(times(5, face('happy', { openness: 0.08 }))).engagement).toBe(ENGAGEMENT.engaged)
    const writing = face('neutral', { openness: 0.08, pose: { yaw: 0, pitch: 30 } })
    expect(read(times(5, writing)).engagement).toBe(ENGAGEMENT.engaged)
    const narrow: Memory = { faceSeen: true, openEyes: 0.16 }
    expect(read(times(5, face('neutral', { openness: 0.14 })), narrow).engagement).toBe(
      ENGAGEMENT.engaged,
    )
  })

  it('always gives a reading that a record can hold', () => {
    fc.assert(
      fc.property(
        anyFrames,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (frames, wanted, seen) => {
          const { reading } = readBurst(
            frames,
            Math.max(wanted, frames.length),
            seen ? SEEN : NO_MEMORY,
            THRESHOLD,
          )
          const sum = reading.probabilities.reduce((total, value) => total + value, 0)
          expect(reading.probabilities).toHaveLength(8)
          expect(Math.min(1, Math.abs(sum - 1), Math.abs(sum))).toBeLessThan(1e-9)
          expect(reading.confidence).toBe(Math.max(...reading.probabilities))
          expect(reading.kind === 'none').toBe(frames.length === 0)
          if (reading.quality === QUALITY.good)
            expect(reading.confidence).toBeGreaterThanOrEqual(THRESHOLD)
          if (!seen) expect(reading.engagement).not.toBe(ENGAGEMENT.distracted)
        },
      ),
    )
  })

  it('does not depend on the order of frames', () => {
    fc.assert(
      fc.property(fc.array(anyFace, { minLength: 1, maxLength: 7 }), (frames) => {
        const there = read(frames)
        const back = read(frames.toReversed())
        expect(back.probabilities).toEqual(there.probabilities)
        expect(back.behaviour).toBe(there.behaviour)
      }),
    )
  })
})

describe('memory', () => {
  const after = (frames: readonly Frame[], memory: Memory): Memory =>
    readBurst(frames, frames.length, memory, THRESHOLD).memory

  it('counts a face as seen only when it looked towards the camera', () => {
    expect(after(times(5, aside), NO_MEMORY).faceSeen).toBe(false)
    expect(after([null, face('neutral')], NO_MEMORY)).toEqual({ faceSeen: true, openEyes: 0.3 })
  })

  it('learns how wide eyes stand open, and does not unlearn it from closed ones', () => {
    expect(after(times(5, asleep), SEEN)).toEqual(SEEN)
    const wider = after(times(5, face('neutral', { openness: 0.34 })), SEEN)
    expect(wider.openEyes).toBeGreaterThan(0.3)
  })
})

describe('averageProbabilities', () => {
  it('falls back to the mean where no class has a median', () => {
    const rows = (['happy', 'sad', 'anger'] as const).map((emotion) => mostly(emotion, 1))
    const mean = averageProbabilities(rows)
    expect(mean.reduce((total, value) => total + value, 0)).toBeCloseTo(1)
    expect(mean[1]).toBeCloseTo(1 / 3)
  })
})
