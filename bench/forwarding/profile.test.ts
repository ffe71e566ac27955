import { expect, test } from 'vitest'
import { gathered, readReport } from './profile.ts'

const REPORT = `
# Samples: 3K of event 'cpu-clock'
    40.10%  [kernel.kallsyms]  [k] __softirqentry_text_start
     9.50%  mediasoup-worker   [.] 0x00000000000a1b2c
     4.25%  mediasoup-worker   [.] 0x00000000000a1b99
     3.00%  libcrypto.so.3     [.] sha1_block_data_order_avx2
`

test('a report is read by function, and what a stripped program hides is one line', () => {
  expect(gathered(readReport(REPORT))).toEqual([
    ['__softirqentry_text_start', '[kernel.kallsyms]', '40.1 %'],
    ['own code, stripped', 'mediasoup-worker', '13.8 %'],
    ['sha1_block_data_order_avx2', 'libcrypto.so.3', '3.0 %'],
  ])
})
