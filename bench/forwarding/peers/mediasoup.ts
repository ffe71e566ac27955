/** Bare mediasoup as a peer: the process of mediasoup-server.ts, told what to do over its channel. */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { types } from 'mediasoup'
import { version } from 'mediasoup'
import * as z from 'zod'
import { freePort } from '../../../e2e/support/school.ts'
import {
  iceCandidateSchema,
  iceParametersSchema,
  rtpCapabilitiesSchema,
} from '../../../sfu/protocol/media.ts'
import { BenchError } from '../../report/part.ts'
import { newIce, type Crowd } from '../crowd.ts'
import { ended, familyOf, streamsOf, type Gathering, type Peer } from './peer.ts'
import { cameraParameters, soundParameters, takenBy } from './rtp.ts'

/** Calls of the process, and what each is handed. */
export type BareCall =
  | { readonly method: 'anew' | 'transport' }
  | {
      readonly method: 'connect'
      readonly id: string
      readonly dtlsParameters: types.DtlsParameters
    }
  | {
      readonly method: 'produce'
      readonly id: string
      readonly kind: types.MediaKind
      readonly rtpParameters: types.RtpParameters
    }
  | {
      readonly method: 'consume'
      readonly id: string
      readonly producerId: string
      readonly rtpCapabilities: types.RtpCapabilities
      readonly spatialLayer: number | null
    }

export interface BareAnswer {
  readonly number: number
  readonly data: unknown
  readonly failed: string | null
}

const transportSchema = z.object({
  id: z.string(),
  iceParameters: iceParametersSchema,
  iceCandidates: z.array(iceCandidateSchema).min(1),
})
type Transport = z.infer<typeof transportSchema>

export class MediasoupPeer implements Peer {
  readonly name = 'bare mediasoup'
  readonly version = version
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (answer: BareAnswer) => void>()
  #number = 0

  private constructor(child: ChildProcess) {
    this.#child = child
    child.on('message', (answer: BareAnswer) => {
      this.#waiting.get(answer.number)?.(answer)
      this.#waiting.delete(answer.number)
    })
  }

  static async start(workerBinary: string): Promise<MediasoupPeer> {
    const child = fork(fileURLToPath(new URL('mediasoup-server.ts', import.meta.url)), [], {
      env: {
        ...process.env,
        MEDIASOUP_WORKER_BIN: workerBinary,
        MEDIA_PORT: String(await freePort()),
      },
    })
    await new Promise((resolve, reject) => {
      child.once('message', resolve)
      child.once('exit', () => {
        reject(new BenchError('peer-failed', 'Bare mediasoup ended at its start.'))
      })
    })
    return new MediasoupPeer(child)
  }

  pids(): readonly number[] {
    return familyOf(this.#child.pid ?? 0)
  }

  async gather(crowd: Crowd, group: number, gathering: Gathering): Promise<void> {
    const { members, senders, visible } = gathering
    const layered = visible !== null
    const router = rtpCapabilitiesSchema.parse(await this.#ask({ method: 'anew' }))
    const rtpCapabilities = takenBy(router)
    const numbers = Array.from({ length: members }, (_, number) => number)
    const seats = await Promise.all(
      numbers.map(async (number) => {
        const recv = await this.#transport()
        const joined = [this.#join(crowd, group, recv)]
        if (number >= senders) {
          await Promise.all(joined)
          return { recv, own: new Set<string>(), produced: [] }
        }
        const send = await this.#transport()
        const id = await this.#join(crowd, group, send)
        for (const stream of streamsOf(group, number, layered)) crowd.send(id, stream)
        const sound = await this.#produce(send, 'audio', soundParameters(group, number))
        const picture = await this.#produce(send, 'video', cameraParameters(group, number, layered))
        await Promise.all(joined)
        return { recv, own: new Set([sound, picture]), produced: [sound, picture] }
      }),
    )
    const spatialLayer = layered ? 0 : null
    await Promise.all(
      seats.map(async ({ recv, own }) => {
        let seen = 0
        for (const { produced } of seats) {
          const [sound = '', picture = ''] = produced
          if (sound === '' || own.has(sound)) continue
          const wanted = ++seen > (visible ?? Infinity) ? [sound] : [sound, picture]
          for (const producerId of wanted) {
            const layer = producerId === picture ? spatialLayer : null
            await this.#ask({
              method: 'consume',
              id: recv.id,
              producerId,
              rtpCapabilities,
              spatialLayer: layer,
            })
          }
        }
      }),
    )
  }

  async disperse(): Promise<void> {
    await this.#ask({ method: 'anew' })
  }

  async stop(): Promise<void> {
    await ended(this.#child, () => {
      this.#child.disconnect()
    })
  }

  async #transport(): Promise<Transport> {
    return transportSchema.parse(await this.#ask({ method: 'transport' }))
  }

  async #join(crowd: Crowd, group: number, made: Transport): Promise<number> {
    const [candidate] = made.iceCandidates
    if (candidate === undefined) throw new BenchError('peer-failed', 'No candidate was offered.')
    const { usernameFragment, password } = made.iceParameters
    const remote = { address: candidate.address, port: candidate.port, usernameFragment, password }
    const { id, connected } = crowd.open(group, newIce(), remote, 'client')
    const fingerprints = [{ algorithm: 'sha-256' as const, value: crowd.fingerprint }]
    await this.#ask({
      method: 'connect',
      id: made.id,
      dtlsParameters: { role: 'client', fingerprints },
    })
    await connected
    return id
  }

  async #produce(
    { id }: Transport,
    kind: types.MediaKind,
    rtpParameters: ReturnType<typeof soundParameters>,
  ): Promise<string> {
    return z.string().parse(await this.#ask({ method: 'produce', id, kind, rtpParameters }))
  }

  async #ask(call: BareCall): Promise<unknown> {
    const number = ++this.#number
    const answer = await new Promise<BareAnswer>((resolve) => {
      this.#waiting.set(number, resolve)
      this.#child.send({ number, call })
    })
    if (answer.failed !== null) throw new BenchError('peer-failed', answer.failed)
    return answer.data
  }
}
