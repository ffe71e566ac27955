/**
 * What pages open on the way into a class: camera and microphone, connections for media, sockets. It watches from
 * outside the product's code, over page loads, and hinders nothing.
 */
import type { BrowserContext, Page } from '@playwright/test'

type Watched = Window & { attuneOpened?: (what: string) => void }

/**
 * Notes what pages of this browser open from their next load on.
 * @returns a list that grows: `devices`, `connection`, and the path of every socket
 */
export async function watchOpened(context: BrowserContext): Promise<readonly string[]> {
  const opened: string[] = []
  const watch = (page: Page): void => {
    page.on('websocket', (socket) => opened.push(new URL(socket.url()).pathname))
  }
  context.pages().forEach(watch)
  context.on('page', watch)
  await context.exposeFunction('attuneOpened', (what: string) => {
    opened.push(what)
  })
  await context.addInitScript(() => {
    const { mediaDevices } = navigator
    const tell = (what: string): void => (window as Watched).attuneOpened?.(what)
    const original = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = (wanted) => {
      tell('devices')
      return original(wanted)
    }
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        tell('connection')
      }
    }
  })
  return opened
}
