/**
 * One member of a class of ours that the crowd plays: enters with a ticket, and makes every request that a browser makes.
 * Its packets are the crowd's.
 */
import { setTimeout as after } from 'node:timers/promises'
import type { ConsumerParameters, Entry, ResponseData } from '../../../sfu/protocol/index.ts'
import { MESSAGE_BURST, MESSAGES_PER_SECOND } from '../../../sfu/protocol/limits.ts'
import type { SignalingClient } from '../../../sfu/testing/signaling-client.ts'
import { BenchError } from '../../report/part.ts'
import { newIce, type Crowd } from '../crowd.ts'
import { streamsOf, type Gathering } from './peer.ts'
import { cameraParameters, soundParameters, takenBy } from './rtp.ts'

export interface Member {
  readonly number: number
  readonly client: SignalingClient
  readonly entry: Entry
  /** Requests so far: a browser paces itself by the protocol's limits, and so does the crowd. */
  asked: number
  readonly send: ResponseData<'createTransport'>
  readonly recv: ResponseData<'createTransport'>
}

async function pace(member: Member, requests: number): Promise<void> {
  member.asked += requests
  if (member.asked > MESSAGE_BURST - 20) await after((1000 / MESSAGES_PER_SECOND) * requests * 1.2)
}

/** A member's way from the ticket to two transports. */
export async function enterClass(
  client: SignalingClient,
  ticket: string,
  number: number,
): Promise<Member> {
  const entry = await client.enter(ticket)
  const [send, recv] = await Promise.all([
    client.request('createTransport', { direction: 'send' }),
    client.request('createTransport', { direction: 'recv' }),
    client.request('setRtpCapabilities', {
      rtpCapabilities: takenBy(entry.routerRtpCapabilities),
    }),
  ])
  return { number, client, entry, asked: 4, send, recv }
}

/** Connects both transports, and sends where this member is one of those that do. */
export async function connectMember(
  crowd: Crowd,
  group: number,
  member: Member,
  gathering: Pick<Gathering, 'senders' | 'visible'>,
): Promise<void> {
  const { client, number } = member
  const layered = gathering.visible !== null
  const join = async (created: ResponseData<'createTransport'>): Promise<number> => {
    const { transportId } = created
    const fingerprints = [{ algorithm: 'sha-256' as const, value: crowd.fingerprint }]
    const dtlsParameters = { role: 'client' as const, fingerprints }
    const { id, connected } = crowd.open(group, newIce(), remoteOf(created), 'client')
    await client.request('connectTransport', { transportId, dtlsParameters })
    await connected
    return id
  }
  const receiving = join(member.recv)
  if (number < gathering.senders) {
    const id = await join(member.send)
    const { transportId } = member.send
    for (const stream of streamsOf(group, number, layered)) crowd.send(id, stream)
    await Promise.all([
      client.request('produce', {
        transportId,
        kind: 'audio',
        source: 'microphone',
        rtpParameters: soundParameters(group, number),
      }),
      client.request('produce', {
        transportId,
        kind: 'video',
        source: 'camera',
        rtpParameters: cameraParameters(group, number, layered),
      }),
    ])
  }
  await receiving
  member.asked += 4
}

/** Every sound, and those cameras that the gathering means. */
export async function receiveOthers(
  member: Member,
  { senders, visible }: Gathering,
): Promise<void> {
  const { client, entry } = member
  const others = senders - (member.number < senders ? 1 : 0)
  const producers = (): ProducerOf[] =>
    [...entry.producers, ...client.allTold('producerAdded').map(({ producer }) => producer)].filter(
      ({ memberId }) => memberId !== entry.memberId,
    )
  await client.until(() => producers().length >= others * 2)
  let seen = 0
  for (const { producerId, kind } of producers()) {
    if (kind === 'video' && ++seen > (visible ?? Infinity)) continue
    await pace(member, 3)
    const { consumerId } = await client.request('consume', { producerId })
    if (kind === 'video' && visible !== null)
      await client.request('setPreferredLayers', { consumerId, spatialLayer: 0 })
    await client.request('resumeConsumer', { consumerId })
  }
}

type ProducerOf = Pick<ConsumerParameters, 'producerId' | 'kind'> & { readonly memberId: string }

function remoteOf({ iceParameters, iceCandidates }: ResponseData<'createTransport'>) {
  const candidate = iceCandidates.find(({ protocol }) => protocol === 'udp')
  if (candidate === undefined) throw new BenchError('peer-failed', 'No UDP candidate was offered.')
  const { usernameFragment, password } = iceParameters
  return { address: candidate.address, port: candidate.port, usernameFragment, password }
}
