/**
 * What the crowd plays: four seconds of sound and of a moving picture in three sizes, encoded by Chromium's own encoders
 * (Opus; VP8 with three temporal layers, as browsers send cameras here) and cut into RTP payloads. Made on the machine
 * and kept in the user's cache folder; it shows nobody.
 */
import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium } from '@playwright/test'
import * as z from 'zod'
import { ensureBrowser } from '../../bin/setup/browser.ts'
import { createProgress } from '../../bin/setup/progress.ts'
import { CHROMIUM_FLAGS } from '../../e2e/support/people.ts'

const VERSION = 3
export const SECONDS = 4
const FRAME_RATE = 25

/** Places of the recordings in the file, and what they are. */
export const RECORDINGS = {
  sound: { at: 0, bitsPerSecond: 32_000 },
  small: { at: 1, width: 160, height: 120, bitsPerSecond: 120_000 },
  middle: { at: 2, width: 320, height: 240, bitsPerSecond: 350_000 },
  large: { at: 3, width: 640, height: 480, bitsPerSecond: 1_000_000 },
} as const

const encodedSchema = z.array(
  z.object({
    video: z.boolean(),
    chunks: z.array(
      z.object({ at: z.number(), temporalLayer: z.int(), base64: z.string().min(1) }),
    ),
  }),
)
type Encoded = z.infer<typeof encodedSchema>[number]

/** Where the recording is kept between runs. */
export function recordingPath(env: NodeJS.ProcessEnv = process.env): string {
  const cache = env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  return join(cache, 'attune', 'bench', `recording-${String(VERSION)}.rtp`)
}

/** The recording, made the first time. @throws SetupError without Chromium */
export async function ensureRecording(): Promise<string> {
  const path = recordingPath()
  if (existsSync(path)) return path
  const bytes = fileOf(await encode())
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, bytes)
  await rename(`${path}.new`, path)
  return path
}

async function encode(): Promise<Encoded[]> {
  const executablePath = await ensureBrowser({ mayInstall: false }, createProgress())
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
  try {
    const page = await browser.newPage()
    // Encoders are for secure pages only, and this machine's own name is one.
    await page.route('http://localhost/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>recording</title>' }),
    )
    await page.goto('http://localhost/')
    const { small, middle, large, sound } = RECORDINGS
    const wanted = { pictures: [small, middle, large], sound, seconds: SECONDS, rate: FRAME_RATE }
    return encodedSchema.parse(await page.evaluate(encodeInPage, wanted))
  } finally {
    await browser.close()
  }
}

interface Wanted {
  readonly pictures: readonly { width: number; height: number; bitsPerSecond: number }[]
  readonly sound: { bitsPerSecond: number }
  readonly seconds: number
  readonly rate: number
}

/** Runs in the page: it may use nothing from this module. */
async function encodeInPage({ pictures, sound, seconds, rate }: Wanted): Promise<unknown> {
  const base64Of = (chunk: EncodedVideoChunk | EncodedAudioChunk): string => {
    const bytes = new Uint8Array(chunk.byteLength)
    chunk.copyTo(bytes)
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  }
  const all: { video: boolean; chunks: { at: number; temporalLayer: number; base64: string }[] }[] =
    []
  const failures: unknown[] = []
  const fail = (error: unknown): void => void failures.push(error)

  const heard: (typeof all)[number] = { video: false, chunks: [] }
  const voice = new AudioEncoder({
    output: (chunk) => {
      heard.chunks.push({ at: chunk.timestamp, temporalLayer: 0, base64: base64Of(chunk) })
    },
    error: fail,
  })
  const sampleRate = 48_000
  const channels = { sampleRate, numberOfChannels: 1 }
  voice.configure({ codec: 'opus', bitrate: sound.bitsPerSecond, ...channels })
  const samples = new Float32Array(sampleRate * seconds)
  for (let n = 0; n < samples.length; n++)
    samples[n] = 0.4 * Math.sin(n / 30 + 9 * Math.sin(n / 9000)) * (0.6 + 0.4 * Math.sin(n / 5000))
  voice.encode(
    new AudioData({
      format: 'f32-planar',
      numberOfFrames: samples.length,
      timestamp: 0,
      data: samples,
      ...channels,
    }),
  )
  await voice.flush()
  all.push(heard)

  for (const { width, height, bitsPerSecond } of pictures) {
    const seen: (typeof all)[number] = { video: true, chunks: [] }
    const encoder = new VideoEncoder({
      output: (chunk, metadata) => {
        const temporalLayer = metadata?.svc?.temporalLayerId ?? 0
        seen.chunks.push({ at: chunk.timestamp, temporalLayer, base64: base64Of(chunk) })
      },
      error: fail,
    })
    encoder.configure({
      codec: 'vp8',
      width,
      height,
      framerate: rate,
      bitrate: bitsPerSecond,
      scalabilityMode: 'L1T3',
      latencyMode: 'realtime',
    })
    const canvas = new OffscreenCanvas(width, height)
    const pen = canvas.getContext('2d')
    if (pen === null) throw new Error('no canvas')
    for (let frame = 0; frame < seconds * rate; frame++) {
      // Moving shapes on a grainy ground: enough for the encoder to need its bits.
      for (let n = 0; n < 400; n++) {
        pen.fillStyle = `hsl(${String((n * 47 + frame * 5) % 360)} 40% 55%)`
        pen.fillRect((n * 73) % width, (n * 131) % height, width / 12, height / 12)
      }
      pen.fillStyle = '#e8c39e'
      pen.beginPath()
      const x = width * (0.5 + 0.2 * Math.sin(frame / 9))
      pen.ellipse(x, height * 0.5, width * 0.18, height * 0.3, 0, 0, 7)
      pen.fill()
      const picture = new VideoFrame(canvas, { timestamp: (frame / rate) * 1e6 })
      encoder.encode(picture, { keyFrame: frame === 0 })
      picture.close()
    }
    await encoder.flush()
    all.push(seen)
  }
  if (failures.length > 0) throw new Error(String(failures[0]))
  return all
}

const MAX_PAYLOAD = 1_160
/** Room for the stamp that the crowd writes at the end. */
const SMALLEST = 32

/**
 * One encoded picture as VP8 payloads (RFC 7741) of about equal size, each with a whole descriptor.
 * @param temporalLayer which it is in
 * @param layerSync whether it needs nothing but the lowest layer, so that a receiver may begin to take its layer here
 */
export function vp8Payloads(
  frame: Uint8Array,
  temporalLayer: number,
  layerSync: boolean,
): Buffer[] {
  const count = Math.ceil(frame.length / MAX_PAYLOAD)
  return Array.from({ length: count }, (_, n) => {
    const part = frame.subarray(
      Math.floor((n * frame.length) / count),
      Math.floor(((n + 1) * frame.length) / count),
    )
    const start = n === 0 ? 0x10 : 0
    // X and, in the first packet, S; then I, L and T; picture id and TL0PICIDX are the crowd's to number.
    const head = [0x80 | start, 0xe0, 0x80, 0, 0, (temporalLayer << 6) | (layerSync ? 0x20 : 0)]
    const padding = Math.max(0, SMALLEST - part.length)
    return Buffer.concat([Buffer.from(head), part, Buffer.alloc(padding)])
  })
}

/** The file that the crowd reads: every field big-endian. */
function fileOf(recordings: readonly Encoded[]): Buffer {
  const parts: Buffer[] = [Buffer.from('CROWDRTP'), Buffer.from([recordings.length])]
  for (const { video, chunks } of recordings) {
    const clockRate = video ? 90_000 : 48_000
    const payloads = chunks.flatMap(({ at, temporalLayer, base64 }, order) => {
      // The pattern of three layers is 0 2 1 2, of which only the last leans on a layer above the lowest.
      const layerSync = order === 0 || (temporalLayer > 0 && order % 4 !== 3)
      const timestamp = Math.round((at / 1e6) * clockRate)
      const bytes = Buffer.from(base64, 'base64')
      const packets = video
        ? vp8Payloads(bytes, temporalLayer, layerSync)
        : [Buffer.concat([bytes, Buffer.alloc(Math.max(0, SMALLEST - bytes.length))])]
      return packets.map((packet, n) => {
        const head = Buffer.alloc(7)
        head.writeUInt32BE(timestamp)
        head.writeUInt8(!video || n === packets.length - 1 ? 1 : 0, 4)
        head.writeUInt16BE(packet.length, 5)
        return Buffer.concat([head, packet])
      })
    })
    const head = Buffer.alloc(13)
    head.writeUInt8(video ? 1 : 0)
    head.writeUInt32BE(clockRate, 1)
    head.writeUInt32BE(clockRate * SECONDS, 5)
    head.writeUInt32BE(payloads.length, 9)
    parts.push(head, ...payloads)
  }
  return Buffer.concat(parts)
}
