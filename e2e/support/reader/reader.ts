/**
 * A page that is nothing but a camera and a reader, so that a test can watch the expression worker in a real browser.
 * It must never do more than hand calls on.
 */
import { createReader } from '../../../app/_emotion/reader.ts'
import type { Reader } from '../../../app/_emotion/reader.ts'

declare global {
  interface Window {
    bench: {
      /** Opens the camera and makes a reader of it, without loading anything. */
      open: (assets?: string) => Promise<void>
      readonly reader: () => Reader
      readonly track: () => MediaStreamTrack
    }
  }
}

let reader: Reader | null = null
let track: MediaStreamTrack | null = null

function known<T>(value: T | null): T {
  if (value === null) throw new TypeError('open() first')
  return value
}

window.bench = {
  open: async (assets) => {
    reader?.dispose()
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } })
    track = stream.getVideoTracks()[0] ?? null
    reader = createReader(assets === undefined ? { track } : { track, assets })
  },
  reader: () => known(reader),
  track: () => known(track),
}
