/**
 * Records as the media server gets them, and what a reading would look like in the clear: how the body of every record
 * begins (app/_vault/format/record.ts), as hexadecimal digits and as base64 at each of its three places.
 */
import type { BrowserContext, Page } from '@playwright/test'

type Watched = Window & { attuneSent?: string[] }

/** Notes, as hexadecimal digits, every message that pages of this browser send over a data channel from now on. */
export async function watchRecords(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const sent: string[] = []
    Object.assign(window, { attuneSent: sent })
    const { prototype } = RTCDataChannel
    const send = Reflect.get(prototype, 'send') as (this: RTCDataChannel, data: unknown) => void
    Reflect.set(prototype, 'send', function (this: RTCDataChannel, data: unknown) {
      const bytes = ArrayBuffer.isView(data)
        ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        : data instanceof ArrayBuffer
          ? new Uint8Array(data)
          : new TextEncoder().encode(String(data))
      sent.push([...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
      send.call(this, data)
    })
  })
}

/** What was sent so far. */
export function sentRecords(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as Watched).attuneSent ?? [])
}

/** Beginnings of readings of a class that stand in the clear in any of the texts. */
export function plaintextIn(texts: readonly string[], classId: string): string[] {
  const id = Buffer.from(classId.replaceAll('-', ''), 'hex')
  // Version, kind (none, expression, check-in), two zeros, class.
  const starts = [0, 1, 2].map((kind) => Buffer.concat([Buffer.from([1, kind, 0, 0]), id]))
  const forms = starts.flatMap((start) => [start.toString('hex'), ...base64Forms(start)])
  return forms.filter((form) => texts.some((text) => text.includes(form)))
}

/** The letters that stand for these bytes in base64 of whatever they are in, of both alphabets. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes])
    // Letters that hold bits of neighbours are left out.
    const from = Math.ceil((before * 4) / 3)
    const to = Math.floor((padded.length * 8) / 6)
    return (['base64', 'base64url'] as const).map((form) => padded.toString(form).slice(from, to))
  })
}
