/** A picture that moves and cannot be compressed well: what a test sends in place of a camera. */

const SIDE = 24

/**
 * Starts it.
 *
 * @returns the track, and what ends it
 */
export function movingPicture(): { track: MediaStreamTrack; end: () => void } {
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 360
  const context = canvas.getContext('2d')
  const [track] = canvas.captureStream(25).getVideoTracks()
  if (context === null || track === undefined) throw new TypeError('this browser draws no canvas')
  const draw = (): void => {
    for (let x = 0; x < canvas.width; x += SIDE) {
      for (let y = 0; y < canvas.height; y += SIDE) {
        context.fillStyle = `hsl(${String(Math.floor(Math.random() * 360))} 60% 50%)`
        context.fillRect(x, y, SIDE, SIDE)
      }
    }
  }
  draw()
  const timer = setInterval(draw, 40)
  return {
    track,
    end: () => {
      clearInterval(timer)
      track.stop()
    },
  }
}
