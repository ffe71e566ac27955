/** What really arrives: pictures that a browser decoded and showed, and sound that it played. */
import { expect, type Page } from '@playwright/test'

/**
 * Long enough for three pictures where a machine that is behind shows only every fourth of the five that a camera of a
 * test gives in a second.
 */
const LOOK_MS = 5_000
const WITHIN_MS = 120_000

/** New pictures that a tile's video shows within a while, at most so many; none where there is no video. */
async function newFrames(
  page: Page,
  tile: string,
  most: number,
  withinMs: number,
): Promise<number> {
  const videos = page.getByRole('group', { name: tile, exact: true }).locator('video')
  return videos.evaluateAll(
    ([video], [wanted, limit]) =>
      new Promise<number>((resolve) => {
        if (!(video instanceof HTMLVideoElement)) {
          resolve(0)
          return
        }
        let seen = 0
        const done = setTimeout(() => {
          resolve(seen)
        }, limit)
        const look = (): void => {
          seen += 1
          if (seen < wanted) video.requestVideoFrameCallback(look)
          else {
            clearTimeout(done)
            resolve(seen)
          }
        }
        video.requestVideoFrameCallback(look)
      }),
    [most, withinMs] as const,
  )
}

/**
 * Waits until a tile's video shows new pictures, one after another. Answers the milliseconds that it took.
 * @param frames a camera of a test gives five a second, a shared screen on which nothing happens about one
 */
export async function expectFrames(page: Page, tile: string, frames = 3): Promise<number> {
  const began = Date.now()
  const message = `new pictures of ${tile}`
  await expect
    // A page that is drawn anew meanwhile is looked at again.
    .poll(() => newFrames(page, tile, frames, LOOK_MS).catch(() => 0), {
      timeout: WITHIN_MS,
      intervals: [50],
      message,
    })
    .toBe(frames)
  return Date.now() - began
}

/** Waits until a tile's video stands still, or is gone. */
export async function expectNoFrames(page: Page, tile: string): Promise<void> {
  await expect.poll(() => newFrames(page, tile, 1, 1_000)).toBe(0)
}
