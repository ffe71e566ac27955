import { expect, test } from 'vitest'
import { linePlot } from './plot.ts'

const axes = { title: 'Cost & growth', x: 'members', y: 'µs' }

test('draws every series with its points, and names it', () => {
  const svg = linePlot({
    ...axes,
    series: [
      {
        name: 'ours',
        points: [
          [2, 5],
          [10, 6],
          [50, 7],
        ],
      },
      {
        name: 'a <peer>',
        points: [
          [2, 9],
          [10, 11],
        ],
      },
    ],
  })
  expect(svg.match(/<circle/g)).toHaveLength(5)
  expect(svg.match(/<path/g)).toHaveLength(2)
  expect(svg).toContain('a &lt;peer&gt;')
  expect(svg).toContain('Cost &amp; growth')
  expect(svg).not.toContain('NaN')
})

test('leaves out what an axis of equal factors cannot show, and what was not measured', () => {
  const points = [
    [1, 0],
    [2, Number.NaN],
    [4, 3],
  ] as const
  const svg = linePlot({ ...axes, logX: true, logY: true, series: [{ name: 'ours', points }] })
  expect(svg.match(/<circle/g)).toHaveLength(1)
  expect(svg).not.toContain('NaN')
})
