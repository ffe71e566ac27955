/** A class with a teacher and a student, and what tests of its moderation do in it. */
import { randomUUID } from 'node:crypto'
import type { JWTPayload } from 'jose'
import type { MediaSource } from '../protocol/index.ts'
import { opus, vp8 } from './fake-media.ts'
import type { SignalingClient } from './signaling-client.ts'
import type { TestServer } from './test-server.ts'

export type Joined = Awaited<ReturnType<TestServer['join']>>

/** `own` are the claims that make the student the student. */
export async function openClass(school: TestServer) {
  const cls = randomUUID()
  const teacher = await school.join({ cls, role: 'teacher', name: 'Tea Cher' })
  const own = { cls, sub: randomUUID(), name: 'Stu Dent' }
  const student = await school.join(own)
  return { cls, teacher, student, own }
}

let ssrc = 10_000

/** Sends from a source, or gives the code of the refusal. */
export async function send(
  { client }: Joined,
  source: MediaSource,
  paused = false,
): Promise<{ producerId: string; refused: string | null; transportId: string }> {
  const { transportId } = await client.request('createTransport', { direction: 'send' })
  const video = source === 'camera' || source === 'screen'
  ssrc += 100
  const answer = await client.send('produce', {
    transportId,
    kind: video ? 'video' : 'audio',
    source,
    rtpParameters: video ? vp8(ssrc) : opus(ssrc),
    paused,
  })
  const producerId = answer.ok ? (answer.data as { producerId: string }).producerId : ''
  return { producerId, refused: answer.ok ? null : answer.error.code, transportId }
}

/** What the media server itself says of a producer of that member's class. */
export function isPaused(
  school: TestServer,
  { entry }: Joined,
  producerId: string,
): boolean | undefined {
  return school.server.registry
    .find(entry.class.id)
    ?.producers.find((producer) => producer.producerId === producerId)?.paused
}

/** Ids of the record channels that the class's router has, students' and its own. */
export async function recordChannels(school: TestServer, { entry }: Joined): Promise<string[]> {
  const dump = await school.server.registry.find(entry.class.id)?.media?.router.dump()
  return (dump?.mapDataProducerIdDataConsumerIds ?? []).map(({ key }) => key)
}

/** The code with which the bearer of such a ticket is refused. */
export async function refusedEntry(school: TestServer, claims: JWTPayload): Promise<string> {
  const client = await school.connect()
  return await client.refused('join', { ticket: await school.issuer.ticket(claims) })
}

/** One who has to be let in, at the door. */
export async function knock(school: TestServer, claims: JWTPayload): Promise<SignalingClient> {
  const client = await school.connect()
  const ticket = await school.issuer.ticket({ ...claims, wait: true })
  const answer = await client.request('join', { ticket })
  if (!('waiting' in answer)) throw new Error('was let in at once')
  return client
}
