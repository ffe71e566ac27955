/**
 * Where our sfu's time goes while it forwards: a profile by `perf` of one more turn, by program and function. Without
 * `perf` there is none, and that is said. It must never run during a turn that counts.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { answers, runCommand } from '../../bin/setup/run-command.ts'
import type { Table } from '../report/part.ts'
import type { Crowd } from './crowd.ts'
import type { Gathering, Peer } from './peers/peer.ts'

const SECONDS = 4
const SHOWN = 14

/** A line of the report: share, program, symbol. */
export function readReport(text: string): readonly (readonly string[])[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*(\d+\.\d+)%\s+(\S+)\s+\[[.k]\]\s+(\S.*?)(?:\s+-)*\s*$/.exec(line)
    if (found === null) return []
    const [, share = '', program = '', symbol = ''] = found
    // A stripped program has addresses alone: which one says nothing.
    const name = symbol.startsWith('0x') ? 'own code, stripped' : symbol
    return [[name, program, share]]
  })
}

/** Lines of the same function together, the largest first. */
export function gathered(rows: readonly (readonly string[])[]): string[][] {
  const sums = new Map<string, number>()
  for (const [name = '', program = '', share = ''] of rows) {
    const key = `${name}\t${program}`
    sums.set(key, (sums.get(key) ?? 0) + Number(share))
  }
  return [...sums]
    .toSorted(([, a], [, b]) => b - a)
    .map(([key, share]) => [...key.split('\t'), `${share.toFixed(1)} %`])
}

/** Profiles one turn; null without `perf`, or where it may not look. */
export async function profileTurn(
  crowd: Crowd,
  peer: Peer,
  group: number,
  gathering: Gathering,
): Promise<Table | null> {
  if (!(await answers('perf'))) return null
  const folder = mkdtempSync(join(tmpdir(), 'attune-perf-'))
  const file = join(folder, 'perf.data')
  await peer.gather(crowd, group, gathering)
  crowd.start(group)
  await after(1_500)
  try {
    const recording = spawn(
      'perf',
      [
        'record',
        '-q',
        '-F',
        '997',
        '-p',
        peer.pids().join(','),
        '-o',
        file,
        '--',
        'sleep',
        String(SECONDS),
      ],
      { stdio: 'ignore' },
    )
    await new Promise((resolve) => recording.once('exit', resolve))
    const made = await runCommand('perf', ['report', '--stdio', '--sort', 'dso,symbol', '-i', file])
    const rows = gathered(readReport(made.stdout))
    if (rows.length === 0) return null
    return {
      title: `Where the time of ${peer.name} goes, ${String(gathering.members)} members all to all (perf)`,
      columns: ['function', 'in', 'share'],
      rows: rows.slice(0, SHOWN),
    }
  } finally {
    crowd.stop(group)
    await peer.disperse()
    crowd.close(group)
    rmSync(folder, { recursive: true, force: true })
  }
}
