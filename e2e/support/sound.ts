/**
 * What a browser truly receives: the packets of sound that WebRTC counts, whatever the page says of
 * them. It watches connections from outside the product's code.
 */
import type { BrowserContext, Page } from '@playwright/test'

type Watched = Window & { attuneConnections?: RTCPeerConnection[] }

/** Lets {@link soundPackets} see every connection that pages of this browser open from now on. */
export async function watchConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const connections: RTCPeerConnection[] = []
    Object.assign(window, { attuneConnections: connections })
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        connections.push(this)
      }
    }
  })
}

/** Packets of sound that this page receives within a second and a half. */
export async function soundPackets(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const count = async (): Promise<number> => {
      let packets = 0
      for (const connection of (window as Watched).attuneConnections ?? []) {
        for (const [, report] of (await connection.getStats()) as Map<
          string,
          { type: string; kind?: string; packetsReceived?: number }
        >) {
          if (report.type === 'inbound-rtp' && report.kind === 'audio')
            packets += report.packetsReceived ?? 0
        }
      }
      return packets
    }
    const before = await count()
    // The span that is measured, not a wait for something to happen.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    return (await count()) - before
  })
}
