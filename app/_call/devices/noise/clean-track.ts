/**
 * A microphone's track without its noise: the microphone, through RNNoise on the audio thread, into a track of its own.
 * It must never leave a microphone open whose track was stopped.
 */
import { browserTimers } from '../../timers.ts'
import { keepRunning } from './keep-running.ts'

/** RNNoise knows one rate. */
const RATE = 48_000

/** Longer than any device takes to start the network; after that it is given up. */
const START_MS = 8_000

/**
 * A function that gives the cleaned track of a microphone's, which takes the microphone along when it stops.
 * `onStalled` is called where the track fell silent and stays so, since the browser does not let it work.
 */
export type CleanTrack = (
  microphone: MediaStreamTrack,
  onStalled: () => void,
) => Promise<MediaStreamTrack>

let compiling: Promise<WebAssembly.Module> | null = null

/** The module, compiled once a page. */
function loadModule(): Promise<WebAssembly.Module> {
  compiling ??= new Promise<WebAssembly.Module>((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      type: 'module',
      name: 'noise',
    })
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      worker.terminate()
      if (data instanceof WebAssembly.Module) resolve(data)
      else reject(new Error('loadModule()'))
    })
    worker.addEventListener('error', () => {
      worker.terminate()
      reject(new Error('loadModule()'))
    })
  }).catch((error: unknown) => {
    // The next attempt begins afresh.
    compiling = null
    throw error
  })
  return compiling
}

async function startNode(context: AudioContext): Promise<AudioWorkletNode> {
  const [module] = await Promise.all([
    loadModule(),
    context.audioWorklet.addModule('/sound/noise-worklet.js'),
  ])
  const node = new AudioWorkletNode(context, 'attune-noise', {
    channelCount: 1,
    channelCountMode: 'explicit',
    outputChannelCount: [1],
    processorOptions: { module },
  })
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('startNode()'))
    }, START_MS)
    node.port.addEventListener('message', () => {
      clearTimeout(timer)
      resolve()
    })
    node.addEventListener('processorerror', () => {
      clearTimeout(timer)
      reject(new Error('startNode()'))
    })
    node.port.start()
  })
  return node
}

/** Whether the person has pressed anything in this page; yes where the browser does not say. */
function wasPressed(): boolean {
  return 'userActivation' in navigator ? navigator.userActivation.hasBeenActive : true
}

/** See {@link CleanTrack}. */
export const cleanTrack: CleanTrack = async (microphone, onStalled) => {
  const context = new AudioContext({ sampleRate: RATE, latencyHint: 'interactive' })
  try {
    const node = await startNode(context)
    const output = context.createMediaStreamDestination()
    context.createMediaStreamSource(new MediaStream([microphone])).connect(node)
    node.connect(output)
    const [track] = output.stream.getAudioTracks()
    if (track === undefined) throw new Error('cleanTrack()')
    const letGo = keepRunning({
      context,
      presses: window,
      pressed: wasPressed(),
      timers: browserTimers,
      onStalled,
    })
    const stop = track.stop.bind(track)
    const end = (): void => {
      letGo()
      stop()
      microphone.stop()
      // Closing twice is refused, and nothing is lost by it.
      context.close().catch(() => undefined)
    }
    // To whoever holds it, it is the microphone: it names its device, and ends with it.
    track.stop = end
    track.getSettings = () => microphone.getSettings()
    microphone.addEventListener('ended', () => {
      end()
      track.dispatchEvent(new Event('ended'))
    })
    return track
  } catch (error) {
    await context.close()
    throw error
  }
}
