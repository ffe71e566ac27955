/**
 * Keeps bench/RESULTS.md: each part's section between two marks is written by the part's last recorded run, and nothing
 * outside the marks is touched, since that is what people wrote about it.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PartResult } from './part.ts'
import { markdownTable } from './tables.ts'

const open = (part: string): string => `<!-- measured: ${part} -->`
const close = (part: string): string => `<!-- end: ${part} -->`

/** The section of a part: when and where, its tables, plots and notes. */
export function sectionOf(part: string, result: PartResult, machine: string): string {
  const plots = (result.plots ?? []).flatMap(({ name, title }) => [
    `![${title}](plots/${name}.svg)`,
    '',
  ])
  const notes = result.notes.map((note) => `- ${note}`)
  return [
    open(part),
    `_${machine}_`,
    '',
    ...result.tables.map(markdownTable),
    ...plots,
    ...notes,
    ...(notes.length > 0 ? [''] : []),
    close(part),
  ].join('\n')
}

/**
 * The page with a part's section in its place; a part that has none yet comes at the end.
 * @param page as it is
 */
export function withSection(page: string, part: string, section: string): string {
  const from = page.indexOf(open(part))
  const end = page.indexOf(close(part))
  if (from < 0 || end < from) return `${page.trimEnd()}\n\n## ${part}\n\n${section}\n`
  return page.slice(0, from) + section + page.slice(end + close(part).length)
}

/** Writes a part's section and plots. */
export async function record(
  folder: string,
  part: string,
  result: PartResult,
  machine: string,
): Promise<void> {
  const file = join(folder, 'RESULTS.md')
  await mkdir(join(folder, 'plots'), { recursive: true })
  for (const { name, svg } of result.plots ?? [])
    await writeFile(join(folder, 'plots', `${name}.svg`), svg)
  const page = await readFile(file, 'utf8')
  await writeFile(file, withSection(page, part, sectionOf(part, result, machine)))
}
