/**
 * Trying one's sound before the class: a short recording of the own microphone that is played back,
 * and a tone for the loudspeaker. What is recorded lives in this tab's memory until it was played; it
 * must never be sent or stored.
 */
import { createLevelMeter } from './level.ts'
import type { Speaker } from './speaker.ts'

/** How long the echo test listens. */
export const ECHO_MS = 3_000

const TONE_MS = 900

/** A level that a voice passes and a quiet room does not. */
const HEARD = 0.2

/** How often the recording looks at the level. */
const LOOK_MS = 50

/** A recording, and whether anything was to be heard in it. */
export type Echo = { echo: Blob; heard: boolean }

/**
 * Records a microphone for three seconds.
 *
 * @param signal ends the recording early; then there is nothing to play
 */
export async function recordEcho(track: MediaStreamTrack, signal: AbortSignal): Promise<Echo> {
  const own = track.clone()
  own.enabled = true
  const recorder = new MediaRecorder(new MediaStream([own]))
  const pieces: Blob[] = []
  const meter = createLevelMeter(own)
  let heard = false
  const looking = setInterval(() => {
    heard ||= meter.read() > HEARD
  }, LOOK_MS)
  recorder.addEventListener('dataavailable', ({ data }) => {
    pieces.push(data)
  })
  try {
    await new Promise<void>((done, failed) => {
      recorder.addEventListener('stop', () => {
        done()
      })
      recorder.addEventListener('error', () => {
        failed(new Error('recordEcho()'))
      })
      const stop = (): void => {
        if (recorder.state !== 'inactive') recorder.stop()
      }
      signal.addEventListener('abort', stop)
      recorder.start()
      setTimeout(stop, ECHO_MS)
    })
  } finally {
    clearInterval(looking)
    meter.close()
    own.stop()
  }
  signal.throwIfAborted()
  return { echo: new Blob(pieces, { type: recorder.mimeType }), heard }
}

/** Plays a recording to its end on the chosen loudspeaker. */
export async function playEcho(echo: Blob, speaker: Speaker, signal: AbortSignal): Promise<void> {
  const address = URL.createObjectURL(echo)
  const audio = new Audio(address)
  try {
    await speaker.route(audio)
    await audio.play()
    await new Promise<void>((done) => {
      for (const event of ['ended', 'error']) {
        audio.addEventListener(event, () => {
          done()
        })
      }
      signal.addEventListener('abort', () => {
        done()
      })
    })
  } finally {
    audio.pause()
    URL.revokeObjectURL(address)
  }
}

/** Plays two soft notes on the chosen loudspeaker. */
export async function playTone(speaker: Speaker): Promise<void> {
  const context = new AudioContext()
  const audio = new Audio()
  try {
    const out = context.createMediaStreamDestination()
    const volume = new GainNode(context, { gain: 0 })
    volume.connect(out)
    const begin = context.currentTime + 0.1
    const seconds = TONE_MS / 1_000
    for (const [index, frequency] of [523.25, 659.25].entries()) {
      const note = new OscillatorNode(context, { frequency })
      note.connect(volume)
      note.start(begin + (index * seconds) / 2)
      note.stop(begin + ((index + 1) * seconds) / 2)
    }
    volume.gain.setTargetAtTime(0.2, begin, 0.03)
    volume.gain.setTargetAtTime(0, begin + seconds * 0.8, 0.06)
    audio.srcObject = out.stream
    await speaker.route(audio)
    await audio.play()
    await new Promise((done) => setTimeout(done, TONE_MS + 300))
  } finally {
    audio.srcObject = null
    await context.close()
  }
}
