/**
 * What browsers truly send and receive: the packets of sound that WebRTC counts, whatever a page says of them. It
 * watches connections from outside the product's code, and can make a browser disobey.
 */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import * as z from 'zod'
import { consumerParametersSchema, type RtpParameters } from '../../sfu/protocol/media.ts'

type Watched = Window & { attuneConnections?: RTCPeerConnection[] }

/** Lets this module see every connection that pages of this browser open from now on. */
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

/**
 * Packets of sound within a second and a half.
 * @param direction those that this page receives, or those that it sends
 */
export async function soundPackets(
  page: Page,
  direction: 'inbound' | 'outbound' = 'inbound',
): Promise<number> {
  const field = direction === 'inbound' ? 'packetsReceived' : 'packetsSent'
  return await grown(page, `${direction}-rtp`, field)
}

/** How loud what this page receives is, within a second and a half: energy as WebRTC counts it. */
export async function soundEnergy(page: Page): Promise<number> {
  return await grown(page, 'inbound-rtp', 'totalAudioEnergy')
}

type Counter = 'packetsReceived' | 'packetsSent' | 'totalAudioEnergy'

/** By how much a counter of all sounds grows. */
async function grown(page: Page, type: string, field: Counter): Promise<number> {
  return await page.evaluate(
    async (wanted) => {
      type Report = { type: string; kind?: string } & Partial<Record<Counter, number>>
      const count = async (): Promise<number> => {
        let sum = 0
        for (const connection of (window as Watched).attuneConnections ?? []) {
          for (const [, report] of (await connection.getStats()) as Map<string, Report>) {
            if (report.type === wanted.type && report.kind === 'audio')
              sum += report[wanted.field] ?? 0
          }
        }
        return sum
      }
      const before = await count()
      // The span that is measured, not a wait for something to happen.
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      return (await count()) - before
    },
    { type, field },
  )
}

/** Makes a browser send a tone in place of its microphone, whatever its page or a teacher decides. */
export async function disobeyMute(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const context = new AudioContext()
    const tone = context.createOscillator()
    const output = context.createMediaStreamDestination()
    tone.connect(output)
    tone.start()
    await context.resume()
    const [track] = output.stream.getAudioTracks()
    for (const connection of (window as Watched).attuneConnections ?? [])
      for (const sender of connection.getSenders())
        if (sender.track?.kind === 'audio') await sender.replaceTrack(track ?? null)
  })
}

/** Writes two seconds of noise that swells and ebbs, as of a street; Chromium plays it as a microphone, over and over. */
export async function noiseFile(): Promise<string> {
  const [rate, seconds, loudest, swells] = [48_000, 2, 5_000, 3]
  const bytes = rate * seconds * 2
  const file = Buffer.alloc(44 + bytes)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + bytes, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  // PCM, one channel, 16 bits a sample.
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(bytes, 40)
  let seed = 1
  for (let at = 44; at < file.length; at += 2) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    const turn = (2 * Math.PI * swells * (at - 44)) / bytes
    const swell = (1 - Math.cos(turn)) / 2
    file.writeInt16LE(Math.round((seed / 2 ** 31 - 1) * swell * loudest), at)
  }
  const path = join(await mkdtemp(join(tmpdir(), 'attune-noise-')), 'noise.wav')
  await writeFile(path, file)
  return path
}

const Answer = z.object({ ok: z.literal(true), data: consumerParametersSchema })

/**
 * From now on: what the media server says of each sound that the page receives, which is what the
 * server knows of the sound that somebody sends.
 */
export function heardCodecs(page: Page): () => RtpParameters['codecs'] {
  const heard: RtpParameters['codecs'] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const answer = Answer.safeParse(JSON.parse(payload.toString()))
      if (answer.success && answer.data.data.kind === 'audio') {
        heard.push(...answer.data.data.rtpParameters.codecs)
      }
    })
  })
  return () => heard
}
