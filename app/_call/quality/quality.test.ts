import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layersFor, screenLayersFor } from '../media/layers.ts'
import { figuresOf, gradeOf, isStrained, type StatsLine, type StatsLines } from './measure.ts'
import { StrainGauge } from './strain.ts'

const report = (...lines: StatsLine[]): StatsLines => new Map(lines.map((line) => [line.id, line]))

const video = (seconds: number, change: Partial<StatsLine> = {}): StatsLine => ({
  id: 'IT01',
  type: 'inbound-rtp',
  kind: 'video',
  timestamp: seconds * 1_000,
  trackIdentifier: 'track',
  bytesReceived: seconds * 125_000,
  packetsReceived: seconds * 100,
  packetsLost: 0,
  framesDecoded: seconds * 24,
  framesDropped: 0,
  frameHeight: 540,
  ...change,
})

describe('between two looks', () => {
  test('rates are those of the time between', () => {
    const [stream] = figuresOf(report(video(7)), report(video(4))).streams
    expect(stream).toEqual({
      kind: 'video',
      track: 'track',
      kilobits: 1_000,
      loss: 0,
      framesPerSecond: 24,
      dropped: 0,
      height: 540,
    })
  })

  test('padding that probes the connection is no stream', () => {
    const padding = video(7, { id: 'IT00', mid: 'probator', bytesReceived: 33_440 })
    const { streams } = figuresOf(report(padding, video(7)), report(padding, video(4)))
    expect(streams.map(({ kilobits }) => kilobits)).toEqual([1_000])
  })

  test('the first look, and a stream that began anew, give no wrong figures', () => {
    expect(figuresOf(report(video(7)), null).streams[0]).toMatchObject({ kilobits: 0, loss: null })
    const anew = figuresOf(report(video(7, { bytesReceived: 5, packetsLost: 0 })), report(video(4)))
    expect(anew.streams[0]?.kilobits).toBe(0)
  })

  test('the way is that of the selected pair', () => {
    const lines = (protocol: string, candidateType = 'host') =>
      report(
        { id: 'T', type: 'transport', timestamp: 1, selectedCandidatePairId: 'P' },
        {
          id: 'P',
          type: 'candidate-pair',
          timestamp: 1,
          localCandidateId: 'L',
          currentRoundTripTime: 0.042,
        },
        { id: 'L', type: 'local-candidate', timestamp: 1, protocol, candidateType },
      )
    expect(figuresOf(lines('udp'), null)).toMatchObject({ path: 'udp', roundTripMs: 42 })
    expect(figuresOf(lines('tcp'), null).path).toBe('tcp')
    expect(figuresOf(lines('udp', 'relay'), null).path).toBe('relay')
  })

  test('loss and delay make the grade', () => {
    const lossy = (lost: number) =>
      gradeOf([
        figuresOf(report(video(2, { packetsLost: lost, packetsReceived: 200 })), report(video(1))),
      ])
    expect(gradeOf([figuresOf(report(), null)])).toBeNull()
    expect(lossy(0)).toBe('good')
    expect(lossy(6)).toBe('fair')
    expect(lossy(30)).toBe('poor')
  })

  test('dropped pictures and an encoder at its limit are strain, loss is not', () => {
    const dropping = figuresOf(report(video(2, { framesDropped: 12 })), report(video(1)))
    expect(isStrained([dropping])).toBe(true)
    const limited = { ...video(1), type: 'outbound-rtp', qualityLimitationReason: 'cpu' }
    expect(isStrained([figuresOf(report(limited), null)])).toBe(true)
    // It encodes on, or stands still (a camera that rests) and keeps its last reason.
    const later = (framesEncoded: number) => ({ ...limited, framesEncoded })
    expect(isStrained([figuresOf(report(later(9)), report(later(5)))])).toBe(true)
    expect(isStrained([figuresOf(report(later(5)), report(later(5)))])).toBe(false)
    const lossy = figuresOf(report(video(2, { packetsLost: 90 })), report(video(1)))
    expect(isStrained([lossy])).toBe(false)
  })
})

describe('strain', () => {
  test('takes two bad looks a level, and six calm ones to come down', () => {
    const gauge = new StrainGauge()
    const looks = (strained: boolean, count: number) =>
      Array.from({ length: count }, () => gauge.look(strained))
    expect(looks(true, 6)).toEqual([0, 1, 1, 2, 2, 2])
    expect(looks(false, 12)).toEqual([2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 0])
  })

  test('a machine that falls behind whenever it is asked for more is asked ever less often', () => {
    const gauge = new StrainGauge()
    let level: 0 | 1 | 2 = 0
    const changes: number[] = []
    // Half an hour; it keeps up with less, and not with all.
    for (let look = 0; look < 600; look += 1) {
      const next = gauge.look(level === 0)
      if (next !== level) changes.push(look)
      level = next
    }
    expect(changes.filter((look) => look < 100).length).toBeGreaterThan(4)
    expect(changes.filter((look) => look >= 300).length).toBeLessThanOrEqual(8)
    // Whatever it was that weighed on the machine is gone: in the end all is sent again.
    const calm = Array.from({ length: 200 }, () => gauge.look(false))
    expect(calm.at(-1)).toBe(0)
  })

  test('analysis yields at the first bad look, the call only when it goes on', () => {
    const gauge = new StrainGauge()
    // A burst every two minutes that is too much for this machine: the call is never touched.
    const seen = Array.from({ length: 400 }, (_, look) => {
      const level = gauge.look(look % 40 === 10)
      return { look, level, yielding: gauge.yielding }
    })
    expect(seen.every(({ level }) => level === 0)).toBe(true)
    expect(seen.filter(({ look }) => look < 10).every(({ yielding }) => yielding === 0)).toBe(true)
    expect(seen.filter(({ look }) => look >= 10).every(({ yielding }) => yielding === 1)).toBe(true)
    for (let look = 0; look < 100; look += 1) gauge.look(false)
    expect(gauge.yielding).toBe(0)
    gauge.look(true)
    gauge.look(true)
    expect([gauge.look(true), gauge.yielding]).toEqual([1, 1])
  })

  test('never swings from one look to the next', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (looks) => {
        const gauge = new StrainGauge()
        const levels = looks.map((strained) => gauge.look(strained))
        for (const [index, level] of levels.entries()) {
          const before = levels[index - 1] ?? 0
          expect(Math.abs(level - before)).toBeLessThanOrEqual(1)
          if (level > before) expect(looks[index]).toBe(true)
          if (level < before) expect(looks[index]).toBe(false)
        }
      }),
    )
  })

  test('asks for smaller layers and fewer pictures, never for more', () => {
    const size = { width: 960, height: 540 }
    expect(layersFor(size, 0)).toEqual({ spatialLayer: 2, temporalLayer: 2 })
    expect(layersFor(size, 1)).toEqual({ spatialLayer: 1, temporalLayer: 2 })
    expect(layersFor(size, 2)).toEqual({ spatialLayer: 0, temporalLayer: 1 })
    expect(layersFor({ width: 160, height: 90 }, 2)).toEqual({ spatialLayer: 0, temporalLayer: 0 })
  })

  test('leaves a shared screen as sharp as it is, with fewer pictures', () => {
    const size = { width: 960, height: 540 }
    expect(screenLayersFor(size, 0)).toEqual({ spatialLayer: 1, temporalLayer: 2 })
    expect(screenLayersFor(size, 2)).toEqual({ spatialLayer: 1, temporalLayer: 0 })
    expect(screenLayersFor({ width: 160, height: 90 })).toEqual({
      spatialLayer: 0,
      temporalLayer: 2,
    })
  })
})
