import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrameStream } from './frame-stream.ts'

/** A frame that remembers whether it was closed. */
class Frame {
  closed = 0

  close(): void {
    this.closed += 1
  }
}

/** A stream to which a test adds frames, as a camera does. */
function camera(): { stream: ReadableStream<Frame>; show: () => Promise<Frame>; end: () => void } {
  let controller: ReadableStreamDefaultController<Frame> | undefined
  const stream = new ReadableStream<Frame>({
    start: (made) => {
      controller = made
    },
  })
  return {
    stream,
    show: async () => {
      const frame = new Frame()
      controller?.enqueue(frame)
      await settled()
      return frame
    },
    end: () => controller?.close(),
  }
}

/** Resolves once everything that is already possible has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const LONG = 60_000

describe('FrameStream', () => {
  it('closes frames that nobody waits for, and gives the next one that comes', async () => {
    const { stream, show } = camera()
    const frames = new FrameStream(stream)
    const old = await show()
    expect(old.closed).toBe(1)
    const wanted = frames.next(LONG)
    const fresh = await show()
    expect(await wanted).toBe(fresh)
    expect(fresh.closed).toBe(0)
    expect((await show()).closed).toBe(1)
    await frames.close()
  })

  it('answers null when no frame comes, and goes on afterwards', async () => {
    const { stream, show } = camera()
    const frames = new FrameStream(stream)
    expect(await frames.next(1)).toBeNull()
    const wanted = frames.next(LONG)
    const shown = show()
    expect(await wanted).toBe(await shown)
    await frames.close()
  })

  it('answers null once the camera has ended or was let go', async () => {
    const ended = camera()
    const frames = new FrameStream(ended.stream)
    const wanted = frames.next(LONG)
    ended.end()
    expect(await wanted).toBeNull()
    expect(await frames.next(LONG)).toBeNull()

    const closed = new FrameStream(camera().stream)
    const waiting = closed.next(LONG)
    await closed.close()
    expect(await waiting).toBeNull()
  })

  it('hands out or closes every frame exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 30 }), async (steps) => {
        const { stream, show } = camera()
        const frames = new FrameStream(stream)
        const taken: Promise<Frame | null>[] = []
        const shown: Frame[] = []
        for (const ask of steps) {
          if (ask) taken.push(frames.next(LONG))
          else shown.push(await show())
        }
        await frames.close()
        const given = (await Promise.all(taken)).filter((frame) => frame !== null)
        expect(new Set(given).size).toBe(given.length)
        for (const frame of shown) expect(frame.closed).toBe(given.includes(frame) ? 0 : 1)
      }),
    )
  })
})
