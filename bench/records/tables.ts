/** Tables and plots of the records, from what was measured. Pure. */
import { linePlot } from '../report/plot.ts'
import type { Plot, Table } from '../report/part.ts'
import { figure } from '../report/tables.ts'
import type { HistoryOpening } from './history.ts'

export function historyTable(openings: readonly HistoryOpening[]): Table {
  return {
    title:
      'Opening a stored history in the teacher’s vault (Node, one thread; web answers at once)',
    columns: ['what', 'classes', 'students', 'intervals', 'records', 'CPU s', 'ms a class'],
    rows: openings.map((one) => [
      one.records ? 'every record' : 'totals alone',
      String(one.classes),
      String(one.students),
      String(one.intervals),
      one.records ? String(one.opened) : '–',
      figure(one.cpuSeconds),
      figure((one.cpuSeconds / one.classes) * 1000),
    ]),
  }
}

export function historyPlot(openings: readonly HistoryOpening[]): Plot {
  const title = 'Opening a stored history'
  const series = [true, false].map((records) => ({
    name: records ? 'every record' : 'totals alone',
    points: openings
      .filter((one) => one.records === records)
      .map(({ classes, cpuSeconds }) => [classes, cpuSeconds] as const),
  }))
  const axes = { x: 'classes of the course', y: 'CPU seconds', logX: true, logY: true }
  return { name: 'records-history', title, svg: linePlot({ title, ...axes, series }) }
}
