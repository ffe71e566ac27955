/**
 * `npm run bench -- records`: sealed records a second of the student's and the teacher's vault, five hundred students on one
 * teacher's worker, and the opening of a long history. It must never count the making of what it measures.
 */
import type { Part, Table } from '../report/part.ts'
import { summarize } from '../report/statistics.ts'
import { figure, percent } from '../report/tables.ts'
import { measureHistory } from './history.ts'
import { historyPlot, historyTable } from './tables.ts'
import { measureVaultWorker, type VaultWorkerFigures } from './vault-worker.ts'

function workerTable(all: readonly VaultWorkerFigures[]): Table {
  return {
    title:
      'A vault worker in Chromium: records a second, and a class with a record of every student each 5 s',
    columns: [
      'students',
      'sealed/s',
      'taken in/s',
      'records in the run',
      'worker, of a core',
      'rest of the page, of a core',
      'totals after interval, median ms',
    ],
    rows: all.map(({ students, sealedPerSecond, takenPerSecond, run }) => [
      String(students),
      figure(sealedPerSecond),
      figure(takenPerSecond),
      String(run.records),
      percent(run.workerCore),
      percent(run.restCore),
      figure(summarize(run.totalsAfterMs).median),
    ]),
  }
}

export const records: Part = async ({ quick, say }) => {
  const workers: VaultWorkerFigures[] = []
  for (const students of quick ? [50] : [100, 500]) {
    say(`a vault worker with ${String(students)} students`)
    workers.push(await measureVaultWorker(students, quick ? 3 : 6, say))
  }
  const size = quick
    ? { classes: 3, students: 20, intervals: 5 }
    : { classes: 100, students: 100, intervals: 30 }
  say('opening a history')
  const withRecords = quick ? [1, 3] : [1, 5, 10]
  const withTotals = quick ? [1, 3] : [1, 10, 100]
  const openings = await measureHistory(
    size,
    [
      ...withTotals.map((classes) => ({ classes, records: false })),
      ...withRecords.map((classes) => ({ classes, records: true })),
    ],
    say,
  )
  const last = openings.findLast((one) => one.records)
  return {
    tables: [workerTable(workers), historyTable(openings)],
    plots: [historyPlot(openings)],
    notes: [
      `The worker of ${String(workers.at(-1)?.students)} students at a 5 s interval: ${percent(workers.at(-1)?.run.workerCore ?? Number.NaN)} of a core (aim: under 5 %).`,
      ...(last === undefined || quick
        ? []
        : [
            `Every record of 100 classes would take ${figure((last.cpuSeconds / last.classes) * 100)} s of processor time, by the growth up to ${String(last.classes)} classes; it was not run.`,
          ]),
    ],
    figures: { workers, openings },
  }
}
