import type { types } from 'mediasoup-client'
import { expect, test } from 'vitest'
import { settle } from '../testing/manual-timers.ts'
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
function refusing() {
  const problems: unknown[] = []
  const asked: (MediaStreamTrack | undefined)[] = []
  const publisher = new Publisher({
    request: () => Promise.reject(new Error('nothing is sent')),
    onChange: () => undefined,
    onError: (_, error) => problems.push(error),
  })
  const produce: types.Transport['produce'] = ({ track } = {}) => {
    asked.push(track)
    return Promise.reject(new Error('track ended'))
  }
  publisher.attach({ send: { produce } })
  return { publisher, problems, asked }
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
