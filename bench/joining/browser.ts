/**
 * From the click on *Join class* to the first remote frame in Chromium, with the steps in between as the page itself
 * sees them. The page is watched from outside: its sockets and connections are noted as they are used, not changed.
 */
import type { Page } from '@playwright/test'
import * as z from 'zod'
import type { Person } from '../../e2e/support/people.ts'

/** Moments of one join, milliseconds after the click; null: did not happen. */
const joinSchema = z.object({
  marks: z.array(z.object({ what: z.string(), at: z.number() })),
  frame: z.number(),
})
export type BrowserJoin = z.infer<typeof joinSchema>

/** Notes, in every document of this page from now on, what leads to the first frame in this person's tile. */
async function installNotes(page: Page, name: string): Promise<void> {
  await page.addInitScript((person) => {
    const marks: { what: string; at: number }[] = []
    const note = (what: string): void => {
      marks.push({ what, at: performance.now() })
    }
    Object.assign(window, { attuneJoin: { marks, frame: null as number | null } })
    const asked = new Map<number, string>()
    const nameOf = (data: unknown): { id?: number; method?: string; notification?: string } => {
      if (typeof data !== 'string' || !data.startsWith('{')) return {}
      return JSON.parse(data) as { id?: number; method?: string; notification?: string }
    }
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        this.addEventListener('open', () => {
          note('socket open')
        })
        this.addEventListener('message', ({ data }) => {
          const { id = -1, notification } = nameOf(data)
          if (notification === undefined) note(`${asked.get(id) ?? '?'} answered`)
        })
      }
      override send(data: string | Blob | BufferSource): void {
        const { id = -1, method = '?' } = nameOf(data)
        asked.set(id, method)
        note(`${method} asked`)
        super.send(data)
      }
    }
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        this.addEventListener('connectionstatechange', () => {
          note(`media ${this.connectionState}`)
        })
      }
    }
    document.addEventListener(
      'click',
      (event) => {
        const button = event.target instanceof Element ? event.target.closest('button') : null
        if (button?.textContent.includes('Join class') === true) note('click')
      },
      { capture: true },
    )
    const watched = new WeakSet<HTMLVideoElement>()
    const look = (): void => {
      for (const tile of document.querySelectorAll(`[role=group][aria-label="${person}"] video`)) {
        if (!(tile instanceof HTMLVideoElement) || watched.has(tile)) continue
        watched.add(tile)
        note('tile with video')
        tile.requestVideoFrameCallback(() => {
          const state = (window as Window & { attuneJoin?: { frame: number | null } }).attuneJoin
          if (state) state.frame ??= performance.now()
        })
      }
    }
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['aria-label'],
    })
  }, name)
}

/** Joins from the lobby once and leaves again by closing the page. */
export async function joinOnce(
  student: Person,
  classPath: string,
  teacherName: string,
): Promise<BrowserJoin> {
  const page = await student.context.newPage()
  await installNotes(page, teacherName)
  await page.goto(classPath)
  const join = page.getByRole('button', { name: 'Join class' })
  await join.waitFor()
  // A person looks at the own picture before joining: the camera runs.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].some((video) => video.videoWidth > 0),
  )
  await join.click()
  await page.waitForFunction(
    () => (window as Window & { attuneJoin?: { frame: number | null } }).attuneJoin?.frame !== null,
  )
  const raw = await page.evaluate(() => (window as Window & { attuneJoin?: unknown }).attuneJoin)
  // Leaving is told to the class, as when a person closes the tab.
  await page.goto('about:blank')
  await page.close()
  const { marks, frame } = joinSchema.parse(raw)
  const click = marks.find(({ what }) => what === 'click')?.at ?? Number.NaN
  return {
    marks: marks.map(({ what, at }) => ({ what, at: at - click })).filter(({ at }) => at >= 0),
    frame: frame - click,
  }
}

/** When something happened first, or NaN. */
export function momentOf({ marks }: BrowserJoin, what: string): number {
  return marks.find((mark) => mark.what === what)?.at ?? Number.NaN
}
