import { describe, expect, test } from 'vitest'
import { SignalingError } from '../../../sfu/protocol/index.ts'
import { settle } from '../testing/manual-timers.ts'
import { type DisplayPort, ScreenShare } from './screen-share.ts'
import { mayShowThisPage, type Surface } from './surface.ts'

/** The parts of a captured track that sharing judges by. */
class TestTrack extends EventTarget {
  contentHint = ''
  stopped = false
  settings: MediaTrackSettings
  readonly kind: 'audio' | 'video'
  readonly handle: string | null

  constructor(kind: 'audio' | 'video', displaySurface?: string, handle: string | null = null) {
    super()
    this.kind = kind
    this.handle = handle
    this.settings = displaySurface === undefined ? {} : { displaySurface }
  }

  stop(): void {
    this.stopped = true
  }

  getSettings(): MediaTrackSettings {
    return this.settings
  }

  getCaptureHandle(): { handle: string } | null {
    return this.handle === null ? null : { handle: this.handle }
  }

  applyConstraints(): Promise<void> {
    return Promise.resolve()
  }
}

/** The browser's dialog: answers when a test says so. */
class TestDisplay {
  options: unknown = null
  config: { handle: string; permittedOrigins: string[] } | null = null
  answer: (tracks: TestTrack[]) => void = () => undefined
  refuse: (error: Error) => void = () => undefined

  getDisplayMedia(options: unknown): Promise<unknown> {
    this.options = options
    return new Promise((resolve, reject) => {
      this.answer = (tracks) => {
        resolve({
          getTracks: () => tracks,
          getVideoTracks: () => tracks.filter(({ kind }) => kind === 'video'),
          getAudioTracks: () => tracks.filter(({ kind }) => kind === 'audio'),
        })
      }
      this.refuse = reject
    })
  }

  setCaptureHandleConfig(config: { handle: string; permittedOrigins: string[] }): void {
    this.config = config
  }
}

/** The browser's dialog and tracks have the parts that are used; no more is there. */
function hasUsedParts(devices: object): devices is DisplayPort & TestDisplay {
  return devices instanceof TestDisplay
}

function set() {
  const display = new TestDisplay()
  if (!hasUsedParts(display)) throw new Error('unreachable')
  const share = new ScreenShare({ devices: display, origin: 'https://school', handle: 'mine' })
  return { display, share, state: () => share.state.getState() }
}

async function sharing(...tracks: TestTrack[]) {
  const parts = set()
  const started = parts.share.start('text')
  parts.display.answer(tracks)
  await started
  return parts
}

describe('ScreenShare', () => {
  test('asks once, keeps this page out of the choice, and takes sound along', async () => {
    const { display, share, state } = set()
    const started = share.start('motion')
    expect(state().phase).toBe('asking')
    expect(display.options).toMatchObject({ selfBrowserSurface: 'exclude', audio: {} })
    const [video, audio] = [new TestTrack('video', 'window'), new TestTrack('audio')]
    display.answer([video, audio])
    await started
    expect(state()).toMatchObject({ phase: 'on', surface: 'window', hint: 'motion', problem: null })
    expect(state().track).toBe(video)
    expect(state().audioTrack).toBe(audio)
    expect(video.contentHint).toBe('motion')
    share.setHint('text')
    expect(video.contentHint).toBe('text')
  })

  test('the browser’s own button ends it, and the sound with it', async () => {
    const [video, audio] = [new TestTrack('video', 'monitor'), new TestTrack('audio')]
    const { state } = await sharing(video, audio)
    video.dispatchEvent(new Event('ended'))
    expect(state()).toMatchObject({ phase: 'off', track: null, audioTrack: null, surface: null })
    expect(audio.stopped).toBe(true)
  })

  test('sound that ends alone leaves the picture', async () => {
    const [video, audio] = [new TestTrack('video', 'browser'), new TestTrack('audio')]
    const { state } = await sharing(video, audio)
    audio.dispatchEvent(new Event('ended'))
    expect(state()).toMatchObject({ phase: 'on', audioTrack: null })
    expect(video.stopped).toBe(false)
  })

  test('a choice that comes after the person stopped waiting is let go', async () => {
    const { display, share, state } = set()
    const started = share.start('text')
    share.stop()
    const video = new TestTrack('video', 'monitor')
    display.answer([video])
    await started
    expect(state().phase).toBe('off')
    expect(video.stopped).toBe(true)
  })

  test.each([
    ['NotAllowedError', 'Permission denied', null],
    ['NotAllowedError', 'Permission denied by system', 'screen-blocked'],
    ['AbortError', '', null],
    ['NotReadableError', '', 'screen-unavailable'],
  ])('%s (%s) is %s', async (name, message, problem) => {
    const { display, share, state } = set()
    const started = share.start('text')
    display.refuse(new DOMException(message, name))
    await started
    expect(state()).toMatchObject({ phase: 'off', problem })
  })

  test('a refusal of the media server ends it, a passing trouble does not', async () => {
    const video = new TestTrack('video', 'monitor')
    const { share, state } = await sharing(video)
    share.refused(new SignalingError('media-unavailable'))
    await settle()
    expect(state().phase).toBe('on')
    share.refused(new SignalingError('not-allowed'))
    expect(state()).toMatchObject({ phase: 'off', problem: 'not-allowed' })
    expect(video.stopped).toBe(true)
  })

  test('a browser without screen capture says so', () => {
    const devices: DisplayPort = {}
    expect(new ScreenShare({ devices, origin: '', handle: 'h' }).supported).toBe(false)
    expect(set().share.supported).toBe(true)
  })
})

describe('what is shared', () => {
  test.each<[string | undefined, string | null, Surface, boolean]>([
    ['monitor', null, 'monitor', true],
    ['window', null, 'window', false],
    ['browser', null, 'browser', false],
    ['browser', 'another page’s', 'browser', false],
    ['browser', 'mine', 'own-tab', true],
    [undefined, null, 'unknown', true],
    ['hologram', null, 'unknown', true],
  ])('%s with the handle %s is %s', async (displaySurface, handle, surface, shows) => {
    const { state } = await sharing(new TestTrack('video', displaySurface, handle))
    expect(state().surface).toBe(surface)
    expect(mayShowThisPage(surface)).toBe(shows)
  })

  test('a surface that the person changed over to is told', async () => {
    const video = new TestTrack('video', 'window')
    const { state } = await sharing(video)
    video.settings = { displaySurface: 'monitor' }
    video.dispatchEvent(new Event('configurationchange'))
    expect(state().surface).toBe('monitor')
  })

  test('without handles another tab cannot be told from this one', async () => {
    const { display } = set()
    const devices: DisplayPort = { getDisplayMedia: display.getDisplayMedia.bind(display) }
    const share = new ScreenShare({ devices, origin: 'https://school', handle: 'mine' })
    const started = share.start('text')
    display.answer([new TestTrack('video', 'browser')])
    await started
    expect(share.state.getState().surface).toBe('unknown')
  })
})
