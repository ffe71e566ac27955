/**
 * What every server under test can do: start, let members of one class in, and say which processes are its own. The
 * crowd plays the members; a peer does only the signalling that its server needs.
 */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Crowd } from '../crowd.ts'
import { RECORDINGS } from '../recording.ts'

/** Who is in a class, and who of them sends; the first members are those that do. */
export interface Gathering {
  readonly members: number
  readonly senders: number
  /** Cameras in three layers, of which everyone sees the smallest of so many others; null: one layer, seen by all. */
  readonly visible: number | null
}

/** How many streams arrive once everybody receives what the gathering means. */
export function expectedStreams({ members, senders, visible }: Gathering): number {
  const others = (member: number): number => senders - (member < senders ? 1 : 0)
  let streams = 0
  for (let member = 0; member < members; member++)
    streams += others(member) + Math.min(others(member), visible ?? Infinity)
  return streams
}

export interface Peer {
  readonly name: string
  readonly version: string
  /** Processes whose time and memory count as the server's. */
  pids(): readonly number[]
  /** Lets the members in, each transport connected; `group` names them to the crowd. */
  gather(crowd: Crowd, group: number, gathering: Gathering): Promise<void>
  /** Everybody leaves. */
  disperse(): Promise<void>
  stop(): Promise<void>
}

/** Asks a process to end and resolves once it has; at once where it ended before. */
export async function ended(child: ChildProcess, ask: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  ask()
  await gone
}

/** A process and its children. */
export function familyOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return [
    pid,
    ...children
      .split(' ')
      .filter((word) => word.trim() !== '')
      .flatMap((child) => familyOf(Number(child))),
  ]
}

/** SSRCs of one member: sound, then up to three layers with their retransmission. */
export const ssrcsOf = (group: number, member: number): number =>
  1_000_000 + group * 20_000 + member * 20

export const OPUS = 111
export const VP8 = 96
export const AUDIO_LEVEL = { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 10 } as const

/** What a member sends: sound and the camera, in one layer or in three. */
export function streamsOf(
  group: number,
  member: number,
  layered: boolean,
): readonly {
  readonly recording: number
  readonly ssrc: number
  readonly payloadType: number
  readonly levelExtension: number
}[] {
  const first = ssrcsOf(group, member)
  const { sound, small, middle, large } = RECORDINGS
  const layers = layered ? [small, middle, large] : [middle]
  return [
    { recording: sound.at, ssrc: first, payloadType: OPUS, levelExtension: AUDIO_LEVEL.id },
    ...layers.map(({ at }, layer) => ({
      recording: at,
      ssrc: first + 1 + layer * 2,
      payloadType: VP8,
      levelExtension: 0,
    })),
  ]
}
