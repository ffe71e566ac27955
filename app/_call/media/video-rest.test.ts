import { expect, test } from 'vitest'
import type { CallEvents } from '../call.ts'
import { Emitter } from '../emitter.ts'
import type { ScreenShareState } from '../screen/screen-share.ts'
import { createStore } from '../store.ts'
import { FakeTrack } from '../testing/fake-track.ts'
import { createManualTimers } from '../testing/manual-timers.ts'
import { ENTRY } from '../testing/protocol-parts.ts'
import { VideoRest } from './video-rest.ts'

function student({ allowed = true } = {}) {
  const events = new Emitter<CallEvents>()
  const timers = createManualTimers()
  const screen = createStore<ScreenShareState>({
    phase: 'off',
    track: null,
    audioTrack: null,
    surface: null,
    hint: 'text',
    problem: null,
  })
  const said: boolean[] = []
  const setResting = (resting: boolean): void => {
    said.push(resting)
  }
  const rest = new VideoRest({ call: { events, setResting }, screen: { state: screen }, timers })
  const rules = { ...ENTRY.moderation.rules, restHiddenVideo: allowed }
  events.emit('entering', { entry: { ...ENTRY, moderation: { ...ENTRY.moderation, rules } } })
  return { rest, timers, screen, said }
}

test('a glance at another tab stops nothing, a longer stay rests the camera until it is over', async () => {
  const { rest, timers, said } = student()
  for (let glance = 0; glance < 5; glance += 1) {
    rest.setHidden(true)
    await timers.advance(4_000)
    rest.setHidden(false)
    await timers.advance(1_000)
  }
  expect(said).toEqual([])
  rest.setHidden(true)
  await timers.advance(60_000)
  expect(said).toEqual([true])
  rest.setHidden(false)
  expect(said).toEqual([true, false])
})

test('nothing rests where the class does not say so', async () => {
  const { rest, timers, said } = student({ allowed: false })
  rest.setHidden(true)
  await timers.advance(60_000)
  expect(said).toEqual([])
})

test('who shares a screen is seen, whatever tab is in front', async () => {
  const { rest, timers, screen, said } = student()
  rest.setHidden(true)
  await timers.advance(6_000)
  screen.patch({ phase: 'on', track: new FakeTrack('video') })
  await timers.advance(60_000)
  expect(said).toEqual([true, false])
  screen.patch({ phase: 'off', track: null })
  await timers.advance(6_000)
  expect(said).toEqual([true, false, true])
})
