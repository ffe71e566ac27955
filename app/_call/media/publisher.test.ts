import type { types } from 'mediasoup-client'
import { expect, test } from 'vitest'
import { SignalingError } from '../../../sfu/protocol/index.ts'
import { createManualTimers, settle } from '../testing/manual-timers.ts'
import { Publisher } from './publisher.ts'

/** Sending looks at no more of a track than this. */
function hasUsedParts(track: object): track is MediaStreamTrack {
  return 'readyState' in track
}

function trackThat(readyState: MediaStreamTrackState): MediaStreamTrack {
  const track = { kind: 'audio', readyState }
  if (!hasUsedParts(track)) throw new Error('unreachable')
  return track
}

/** A publisher whose connection refuses every track, as mediasoup-client does with one that has ended. */
function refusing(refusal: Error = new Error('track ended')) {
  const timers = createManualTimers()
  const problems: unknown[] = []
  const asked: (MediaStreamTrack | undefined)[] = []
  const publisher = new Publisher({
    request: () => Promise.reject(new Error('nothing is sent')),
    onChange: () => undefined,
    onError: (_, error) => problems.push(error),
    timers,
  })
  const produce: types.Transport['produce'] = ({ track } = {}) => {
    asked.push(track)
    return Promise.reject(refusal)
  }
  publisher.attach({ send: { produce } })
  return { publisher, problems, asked, timers }
}

test('a microphone that was closed while it was about to be sent is nobody’s problem', async () => {
  const { publisher, problems, asked } = refusing()
  publisher.want('microphone', { track: trackThat('ended'), paused: true })
  await settle()
  expect(asked).toHaveLength(1)
  expect(problems).toEqual([])
})

test('a microphone that runs and cannot be sent is one', async () => {
  const { publisher, problems } = refusing()
  publisher.want('microphone', { track: trackThat('live'), paused: false })
  await settle()
  expect(problems).toHaveLength(1)
})

test('a microphone that came too soon after too many is sent a moment later', async () => {
  const { publisher, problems, asked, timers } = refusing(new SignalingError('rate-limited'))
  publisher.want('microphone', { track: trackThat('live'), paused: false })
  await settle()
  expect(asked).toHaveLength(1)
  await timers.advance(2_000)
  expect(asked).toHaveLength(2)
  expect(problems).toEqual([])
})

/** Sending looks at no more of a producer than this. */
function isProducer(parts: object): parts is types.Producer {
  return 'replaceTrack' in parts
}

/** A publisher over a connection that takes everything, and the tracks that its producer was given in turn. */
function accepting() {
  const tracks: (MediaStreamTrack | null)[] = []
  const told: string[] = []
  const encodings: types.ProducerOptions['encodings'][] = []
  const producer = {
    id: 'producer',
    closed: false,
    paused: false,
    track: null as MediaStreamTrack | null,
    maxSpatialLayer: undefined,
    pause: () => {
      producer.paused = true
    },
    resume: () => {
      producer.paused = false
    },
    replaceTrack: ({ track }: { track: MediaStreamTrack | null }) => {
      producer.track = track
      tracks.push(track)
      return Promise.resolve()
    },
  }
  if (!isProducer(producer)) throw new Error('unreachable')
  const made: types.Producer = producer
  const request: ConstructorParameters<typeof Publisher>[0]['request'] = (method) => {
    told.push(method)
    return Promise.resolve({} as never)
  }
  const publisher = new Publisher({
    request,
    onChange: () => undefined,
    onError: (_, error) => {
      throw error
    },
  })
  publisher.attach({
    send: {
      produce: ({ track = null, encodings: sizes } = {}) => {
        producer.track = track
        encodings.push(sizes)
        tracks.push(track)
        // It is generic in what callers attach, of which nothing is looked at.
        return Promise.resolve(made as never)
      },
    },
  })
  return { publisher, tracks, told, encodings }
}

test('a camera that is turned off is paused and not encoded until there is another', async () => {
  const { publisher, tracks, told } = accepting()
  const [one, other] = [trackThat('live'), trackThat('live')]
  publisher.want('camera', { track: one, paused: false })
  await settle()
  publisher.want('camera', { track: null, paused: true })
  await settle()
  publisher.want('camera', { track: other, paused: false })
  await settle()
  expect(tracks).toEqual([one, null, other])
  expect(told).toEqual(['pauseProducer', 'resumeProducer'])
})

test('one that rests is not encoded meanwhile', async () => {
  const { publisher, tracks } = accepting()
  const track = trackThat('live')
  publisher.want('camera', { track, paused: false })
  await settle()
  publisher.want('camera', { track, paused: false, resting: true })
  await settle()
  publisher.want('camera', { track, paused: false })
  await settle()
  expect(tracks).toEqual([track, null, track])
})

test.each(['camera', 'screen'] as const)(
  'a %s is sent in several sizes: of VP8 in a single one with temporal layers mediasoup forwards nothing after a silence',
  async (source) => {
    const { publisher, encodings } = accepting()
    publisher.want(source, { track: trackThat('live'), paused: false })
    await settle()
    expect(encodings[0]?.length).toBeGreaterThan(1)
  },
)
