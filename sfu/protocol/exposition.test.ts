import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exposition, figure, Tally } from './exposition.ts'

test('figures read as Prometheus wants them', () => {
  const tally = new Tally()
  tally.add('slow-reader')
  tally.add('message-rate')
  tally.add('slow-reader')
  const samples = tally.samples('reason')
  const text = exposition([
    figure('attune_members', 'gauge', 'People in classes.', 12),
    { name: 'attune_cut_off_total', type: 'counter', help: 'Cut off.', samples },
    {
      name: 'attune_seconds',
      type: 'histogram',
      help: 'Time.',
      samples: [{ suffix: '_bucket', labels: { le: '+Inf' }, value: 3 }],
    },
  ])
  expect(text).toBe(
    [
      '# HELP attune_members People in classes.',
      '# TYPE attune_members gauge',
      'attune_members 12',
      '# HELP attune_cut_off_total Cut off.',
      '# TYPE attune_cut_off_total counter',
      'attune_cut_off_total{reason="slow-reader"} 2',
      'attune_cut_off_total{reason="message-rate"} 1',
      '# HELP attune_seconds Time.',
      '# TYPE attune_seconds histogram',
      'attune_seconds_bucket{le="+Inf"} 3',
      '',
    ].join('\n'),
  )
})

test('no label can end its line or begin another', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (label) => {
      const samples = [{ labels: { label }, value: 1 }]
      const text = exposition([{ name: 'x', type: 'gauge', help: 'x', samples }])
      expect(text.split('\n')).toHaveLength(4)
      expect(text).toMatch(/^x\{label="(?:[^"\\\n]|\\["\\n])*"\} 1$/m)
    }),
  )
})
