/**
 * `npm run bench -- forwarding lecture`: our sfu with its real signalling, bare mediasoup and Janus' VideoRoom forward the same
 * recorded sound and pictures to the same native clients over DTLS-SRTP, in turns. It must never compare a server that
 * lost packets, or that forwarded fewer streams, as if it had done the same work.
 */
import { ensureWorker } from '../../bin/setup/mediasoup-worker.ts'
import { createProgress } from '../../bin/setup/progress.ts'
import { ensureSystemPackages, onDebian } from '../../bin/setup/system-packages.ts'
import { SetupError } from '../../bin/setup/setup-error.ts'
import {
  BenchError,
  type Part,
  type PartContext,
  type PartResult,
  type Table,
} from '../report/part.ts'
import { Crowd } from './crowd.ts'
import { AttunePeer } from './peers/attune.ts'
import { JanusPeer, janusVersion } from './peers/janus.ts'
import { MediasoupPeer } from './peers/mediasoup.ts'
import { expectedStreams, type Gathering, type Peer } from './peers/peer.ts'
import { profileTurn } from './profile.ts'
import { tablesOf, plotsOf, type Shape } from './tables.ts'
import { measureTurns, type Measured } from './turns.ts'

/** About what one core forwards here: above twice that no result could be one of the server's. */
const MOST_PACKETS_A_SECOND = 130_000
const PACKETS_A_SECOND_OF_A_SENDER = 105

/** Starts every server that is there, and adds each to `peers` as it runs. */
async function openPeers(peers: Peer[], notes: string[]): Promise<void> {
  const progress = createProgress()
  const worker = await ensureWorker({ env: process.env, progress, mayInstall: true })
  if (janusVersion() === null && (await onDebian())) {
    try {
      const policy = { mayInstall: true }
      await ensureSystemPackages(['janus'], 'to measure Janus beside us', policy, progress)
    } catch (error) {
      if (!(error instanceof SetupError)) throw error
      notes.push(`Janus: ${error.message}`)
    }
  }
  peers.push(await AttunePeer.start(worker))
  peers.push(await MediasoupPeer.start(worker))
  if (janusVersion() === null) notes.push('Janus is not installed (Debian package janus): skipped.')
  else peers.push(await JanusPeer.start())
}

type Gatherings = (context: PartContext) => readonly (readonly [Shape, Gathering])[]

function membersOf({ quick, option }: PartContext, few: number[], all: number[]): number[] {
  const given = option('members')?.split(',').map(Number)
  if (given?.every((members) => Number.isInteger(members) && members > 1) === false)
    throw new BenchError('bench-option', '--members is a list of numbers above 1, as 2,10,25.')
  return given ?? (quick ? few : all)
}

const allToAll: Gatherings = (context) =>
  membersOf(context, [2, 5], [2, 5, 10, 25, 50, 100]).map((members) => [
    'all to all',
    { members, senders: members, visible: null },
  ])

const oneToMany: Gatherings = (context) => {
  const lectures = membersOf(context, [10], [2, 10, 25, 50, 100]).map((members) => {
    return ['lecture', { members: members + 1, senders: 1, visible: null }] as const
  })
  return context.quick ? lectures : [...lectures, ['30 cameras, 9 in sight', THIRTY]]
}

/** No turn has this number: turns are far fewer. */
const PROFILE_GROUP = 9_999

const THIRTY: Gathering = { members: 30, senders: 30, visible: 9 }

/** Packets a second that a gathering would have every server forward, roughly. */
const loadOf = (gathering: Gathering): number =>
  (expectedStreams(gathering) / 2) * PACKETS_A_SECOND_OF_A_SENDER

/** Everybody sees everybody. */
export const forwarding: Part = (context) => measure(context, allToAll)

/** One speaks to many; and thirty cameras in layers, of which nine are in sight. */
export const lecture: Part = (context) => measure(context, oneToMany)

async function measure(context: PartContext, gatheringsOf: Gatherings): Promise<PartResult> {
  const { quick, say } = context
  const gatherings = gatheringsOf(context)
  const notes: string[] = []
  const peers: Peer[] = []
  const crowd = await Crowd.start()
  const results: (readonly [Shape, Measured])[] = []
  const profiled: Table[] = []
  try {
    await openPeers(peers, notes)
    for (const [shape, gathering] of gatherings) {
      if (loadOf(gathering) > MOST_PACKETS_A_SECOND) {
        notes.push(
          `${shape}, ${gathering.members} members: about ${Math.round(loadOf(gathering) / 1000)},000 packets a second, more than this machine's cores carry with the crowd beside the server: not run.`,
        )
        continue
      }
      say(`${shape}, ${gathering.members} members`)
      crowd.sample(loadOf(gathering) > 20_000 ? 16 : 4)
      const able = shape === 'all to all' || shape === 'lecture' ? peers : peers.slice(0, 2)
      const options = { rounds: quick ? 2 : 3, turnMs: 1_300 }
      results.push([shape, await measureTurns(crowd, able, gathering, options)])
    }
    if (!quick && gatheringsOf === allToAll) await profile(crowd, peers, profiled, notes)
  } finally {
    crowd.end()
    for (const peer of peers) await peer.stop()
  }
  return {
    tables: [...tablesOf(results, peers), ...profiled],
    plots: plotsOf(results, peers),
    notes: [...notes, ...notesOf(results)],
    figures: results.map(([shape, measured]) => ({
      shape,
      ...measured,
      failures: Object.fromEntries(measured.failures),
      joins: Object.fromEntries(measured.joins),
    })),
  }
}

/** Where our own time goes, after all that counts is measured. */
async function profile(
  crowd: Crowd,
  [ours]: readonly Peer[],
  tables: Table[],
  notes: string[],
): Promise<void> {
  if (ours === undefined) return
  const gathering = { members: 25, senders: 25, visible: null }
  const table = await profileTurn(crowd, ours, PROFILE_GROUP, gathering)
  if (table === null) notes.push('No profile: perf is not installed, or may not look.')
  else tables.push(table)
}

function notesOf(results: readonly (readonly [Shape, Measured])[]): string[] {
  return results.flatMap(([shape, { gathering, failures }]) =>
    [...failures].map(([peer, why]) => `${peer}, ${shape} of ${gathering.members}: ${why}.`),
  )
}
