/** Tables and plots of forwarding, from the turns of all gatherings. Pure. */
import { linePlot } from '../report/plot.ts'
import type { Plot, Table } from '../report/part.ts'
import {
  isNoisy,
  median,
  quantile,
  ratioOfTurns,
  ratioText,
  summarize,
} from '../report/statistics.ts'
import { figure, percent } from '../report/tables.ts'
import type { Peer } from './peers/peer.ts'
import type { Measured, Turn } from './turns.ts'

export type Shape = 'all to all' | 'lecture' | '30 cameras, 9 in sight'
export type Result = readonly [Shape, Measured]

const OURS = 'Attune sfu'

/** Processor time of the server for one forwarded packet, µs. */
export const costOf = ({ cpuSeconds, report }: Turn): number => (cpuSeconds / report.received) * 1e6

const lossOf = ({ report }: Turn): number => report.lost / (report.lost + report.received)

const turnsOf = ({ turns }: Measured, peer: string): readonly Turn[] =>
  turns.filter((turn) => turn.peer === peer)

const of = (turns: readonly Turn[], value: (turn: Turn) => number): number =>
  median(turns.map(value))

function rowOf([shape, measured]: Result, peer: string): readonly string[] | null {
  const turns = turnsOf(measured, peer)
  if (turns.length === 0) return null
  const cost = summarize(turns.map(costOf))
  return [
    `${shape}, ${measured.gathering.members}`,
    peer,
    figure(of(turns, ({ report, seconds }) => report.received / seconds)),
    `${figure(cost.median)}${isNoisy(cost) ? ' (noisy)' : ''}`,
    percent(of(turns, ({ cpuSeconds, seconds }) => cpuSeconds / seconds)),
    percent(of(turns, lossOf)),
    figure(of(turns, ({ report }) => report.delayP50)),
    figure(of(turns, ({ report }) => report.delayP95)),
    figure(of(turns, ({ report }) => report.delayP99)),
    percent(of(turns, ({ crowdSeconds, seconds }) => crowdSeconds / seconds)),
  ]
}

function costTable(results: readonly Result[], peers: readonly Peer[]): Table {
  return {
    title:
      'Forwarding: server time a forwarded packet, share of a core, loss, delay added (ms), and what the crowd itself took',
    columns: [
      'class',
      'server',
      'packets/s',
      'µs a packet',
      'core',
      'lost',
      'p50',
      'p95',
      'p99',
      'crowd',
    ],
    rows: results.flatMap((result) =>
      peers.flatMap(({ name }) => {
        const row = rowOf(result, name)
        return row === null ? [] : [row]
      }),
    ),
  }
}

function ratioTable(results: readonly Result[], peers: readonly Peer[]): Table {
  const others = peers.filter(({ name }) => name !== OURS)
  return {
    title:
      'Our server time a packet as a share of the others’, turn by turn (aims: 0.6 of Janus, 1.1 of bare mediasoup)',
    columns: ['class', ...others.map(({ name }) => `of ${name}`)],
    rows: results.map(([shape, measured]) => [
      `${shape}, ${measured.gathering.members}`,
      ...others.map(({ name }) => {
        const [ours, theirs] = [turnsOf(measured, OURS), turnsOf(measured, name)]
        if (ours.length === 0 || theirs.length === 0) return '–'
        if (measured.failures.has(OURS) || measured.failures.has(name)) return 'streams missing'
        // More than a packet in a hundred lost: not the same work.
        if (of(ours, lossOf) > 0.01 || of(theirs, lossOf) > 0.01) return 'packets lost'
        return ratioText(ratioOfTurns(ours.map(costOf), theirs.map(costOf)))
      }),
    ]),
  }
}

/** Memory by member: the rise from the smallest to the largest gathering of a shape. */
function memoryTable(results: readonly Result[], peers: readonly Peer[]): Table {
  const shapes: readonly Shape[] = ['all to all', 'lecture']
  return {
    title: 'Resident memory of the server, and its rise with each member (KB)',
    columns: ['class', 'server', 'members', 'MB', 'KB a member more'],
    rows: shapes.flatMap((shape) =>
      peers.flatMap(({ name }) => {
        const sizes = results
          .filter(([of]) => of === shape)
          .map(([, measured]) => ({
            members: measured.gathering.members,
            bytes: quantile(
              turnsOf(measured, name).map(({ rssBytes }) => rssBytes),
              0.5,
            ),
          }))
          .filter(({ bytes }) => Number.isFinite(bytes))
        const [least, most] = [sizes[0], sizes.at(-1)]
        if (least === undefined || most === undefined || least === most) return []
        const rise = (most.bytes - least.bytes) / (most.members - least.members)
        const members = `${least.members} to ${most.members}`
        return [[shape, name, members, figure(most.bytes / 1e6), figure(rise / 1e3)]]
      }),
    ),
  }
}

export function tablesOf(results: readonly Result[], peers: readonly Peer[]): readonly Table[] {
  return [
    costTable(results, peers),
    ratioTable(results, peers),
    memoryTable(results, peers),
    {
      title:
        'Everybody joins at once, until each receives: seconds (of the server’s processor time)',
      columns: ['class', ...peers.map(({ name }) => name)],
      rows: results.map(([shape, { gathering, joins }]) => [
        `${shape}, ${gathering.members}`,
        ...peers.map(({ name }) => {
          const join = joins.get(name)
          return join === undefined ? '–' : `${figure(join.seconds)} (${figure(join.cpuSeconds)})`
        }),
      ]),
    },
  ]
}

export function plotsOf(results: readonly Result[], peers: readonly Peer[]): readonly Plot[] {
  const series = (shape: Shape, value: (turn: Turn) => number) =>
    peers.map(({ name }) => ({
      name,
      points: results
        .filter(([of]) => of === shape)
        .map(([, measured]) => {
          const y = of(turnsOf(measured, name), value)
          return [measured.gathering.members, y] as const
        }),
    }))
  const plot = (
    name: string,
    title: string,
    y: string,
    shape: Shape,
    v: (turn: Turn) => number,
  ) => ({
    name,
    title,
    svg: linePlot({ title, x: 'members of the class', y, series: series(shape, v), logX: true }),
  })
  const all = 'all to all'
  const plots = [
    plot('forwarding-cost-all', 'Server time a packet, all to all', 'µs a packet', all, costOf),
    plot(
      'forwarding-cost-lecture',
      'Server time a packet, lecture',
      'µs a packet',
      'lecture',
      costOf,
    ),
    plot(
      'forwarding-core-all',
      'Share of a core, all to all',
      'cores',
      all,
      ({ cpuSeconds, seconds }) => cpuSeconds / seconds,
    ),
    plot(
      'forwarding-delay-all',
      'Delay added at p95, all to all',
      'ms',
      all,
      ({ report }) => report.delayP95,
    ),
  ]
  const shapes = new Set(results.map(([shape]) => shape))
  return plots.filter(({ name }) => shapes.has(name.endsWith('lecture') ? 'lecture' : all))
}
