import { expect, test } from 'vitest'
import { sectionOf, withSection } from './results.ts'
import { figure, markdownTable, textTable } from './tables.ts'

const table = { title: 'Cost', columns: ['server', 'µs'], rows: [['ours|mine', '4.2']] }
const result = { tables: [table], notes: ['peer: not installed, skipped'], figures: {} }

test('a recorded run replaces its own section and nothing else', () => {
  const page = `# Results\n\n## one\n\n${sectionOf('one', result, 'then')}\n\nWhat was learnt.\n`
  const again = withSection(page, 'one', sectionOf('one', result, 'now'))
  expect(again).toContain('_now_')
  expect(again).not.toContain('_then_')
  expect(again).toContain('What was learnt.')
  expect(withSection(again, 'one', sectionOf('one', result, 'now'))).toBe(again)
})

test('a part without a section comes at the end', () => {
  const page = withSection('# Results\n', 'two', sectionOf('two', result, 'now'))
  expect(page).toMatch(/## two[\s\S]*peer: not installed, skipped/)
})

test('tables are aligned as text, and hold bars as Markdown', () => {
  expect(textTable(table)).toBe('Cost\nserver      µs\nours|mine  4.2\n')
  expect(markdownTable(table)).toContain('| ours\\|mine | 4.2 |')
  expect(figure(Number.NaN)).toBe('–')
  expect([figure(1234.5), figure(12.34), figure(0.01234, 's')]).toEqual(['1235', '12.3', '0.012 s'])
})
