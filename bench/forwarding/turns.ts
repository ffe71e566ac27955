/**
 * One gathering on several servers: everybody joins each of them, then each forwards in turns of the same length, so
 * that what the machine does meanwhile falls on all. The servers that have no turn hold their connections and no media.
 */
import { setTimeout as after } from 'node:timers/promises'
import { usageOf } from '../report/machine.ts'
import { BenchError } from '../report/part.ts'
import type { Crowd, CrowdReport } from './crowd.ts'
import { expectedStreams, type Gathering, type Peer } from './peers/peer.ts'

const SETTLE_MS = 800

/** One turn of one server. */
export interface Turn {
  readonly peer: string
  /** Processor seconds of the server, and of the crowd, in the turn. */
  readonly cpuSeconds: number
  readonly crowdSeconds: number
  readonly seconds: number
  readonly report: CrowdReport
  readonly rssBytes: number
}

/** Everybody's joining at once. */
export interface Join {
  readonly seconds: number
  /** Processor seconds of the server meanwhile. */
  readonly cpuSeconds: number
}

/** What became of one gathering. */
export interface Measured {
  readonly gathering: Gathering
  readonly turns: readonly Turn[]
  /** Why a server had no turns, by its name. */
  readonly failures: ReadonlyMap<string, string>
  /** What it took until everybody was there, by the server's name. */
  readonly joins: ReadonlyMap<string, Join>
}

const cpuOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + usageOf(pid).cpuSeconds, 0)

let lastGroup = 0

export interface TurnsOptions {
  readonly rounds: number
  readonly turnMs: number
}

export async function measureTurns(
  crowd: Crowd,
  peers: readonly Peer[],
  gathering: Gathering,
  { rounds, turnMs }: TurnsOptions,
): Promise<Measured> {
  const failures = new Map<string, string>()
  const joins = new Map<string, Join>()
  const groups = new Map<Peer, number>()
  const turns: Turn[] = []
  try {
    for (const peer of peers) {
      const group = ++lastGroup
      groups.set(peer, group)
      const [began, before] = [performance.now(), cpuOf(peer.pids())]
      try {
        await peer.gather(crowd, group, gathering)
        const seconds = (performance.now() - began) / 1000
        joins.set(peer.name, { seconds, cpuSeconds: cpuOf(peer.pids()) - before })
      } catch (error) {
        if (!(error instanceof BenchError)) throw error
        failures.set(peer.name, error.message)
      }
    }
    const running = peers.filter(({ name }) => !failures.has(name))
    // Every stream begins before anything is counted, so that each stands on a picture that needs no other.
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? running : running.toReversed()
      for (const peer of order) turns.push(await turn(crowd, peer, groups.get(peer) ?? 0, turnMs))
    }
  } finally {
    for (const [peer, group] of groups) {
      await peer.disperse()
      crowd.close(group)
    }
  }
  for (const { peer, report } of turns) {
    const expected = expectedStreams(gathering)
    if (report.streams < expected)
      failures.set(peer, `${report.streams} of ${expected} streams arrived`)
  }
  return { gathering, turns, failures, joins }
}

async function turn(crowd: Crowd, peer: Peer, group: number, turnMs: number): Promise<Turn> {
  crowd.start(group)
  await after(SETTLE_MS)
  const pids = peer.pids()
  crowd.count(group)
  const [server, own, began] = [cpuOf(pids), cpuOf([crowd.pid]), performance.now()]
  await after(turnMs)
  const report = await crowd.report(group)
  const seconds = (performance.now() - began) / 1000
  const cpuSeconds = cpuOf(pids) - server
  const crowdSeconds = cpuOf([crowd.pid]) - own
  const rssBytes = pids.reduce((sum, pid) => sum + usageOf(pid).rssBytes, 0)
  crowd.stop(group)
  // What is under way arrives before the next turn begins.
  await after(200)
  return { peer: peer.name, cpuSeconds, crowdSeconds, seconds, report, rssBytes }
}
