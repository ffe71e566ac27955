/** What really arrives: pictures that a browser decoded and showed, and sound that it played. */
import { expect, type Page } from '@playwright/test'

const LOOK_MS = 2_000
const WITHIN_MS = 60_000

/**
 * Waits until a tile's video shows new pictures, one after another. Answers the milliseconds that it took.
 * @param frames a camera of a test gives five a second, a shared screen on which nothing happens about one
 */
export async function expectFrames(page: Page, tile: string, frames = 3): Promise<number> {
  const began = Date.now()
  const video = page.getByRole('group', { name: tile, exact: true }).locator('video')
  await expect
    .poll(
      () =>
        video
          .evaluate(
            (element: HTMLVideoElement, [wanted, lookMs]) =>
              new Promise<number>((resolve) => {
                let seen = 0
                const done = setTimeout(() => {
                  resolve(seen)
                }, lookMs)
                const look = (): void => {
                  seen += 1
                  if (seen < wanted) element.requestVideoFrameCallback(look)
                  else {
                    clearTimeout(done)
                    resolve(seen)
                  }
                }
                element.requestVideoFrameCallback(look)
              }),
            [frames, LOOK_MS] as const,
          )
          .catch(() => 0),
      { timeout: WITHIN_MS, intervals: [50], message: `new pictures of ${tile}` },
    )
    .toBe(frames)
  return Date.now() - began
}

/** Waits until a tile's video stands still, or is gone. */
export async function expectNoFrames(page: Page, tile: string): Promise<void> {
  const videos = page.getByRole('group', { name: tile, exact: true }).locator('video')
  await expect
    .poll(() =>
      videos.evaluateAll(
        async ([video]) =>
          !(video instanceof HTMLVideoElement) ||
          (await new Promise<boolean>((resolve) => {
            video.requestVideoFrameCallback(() => {
              resolve(false)
            })
            setTimeout(() => {
              resolve(true)
            }, 1_000)
          })),
      ),
    )
    .toBe(true)
}
