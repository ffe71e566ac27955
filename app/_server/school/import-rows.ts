/**
 * Reads the rows of an import: what stands in each line and what is wrong with it. Pure; what a row
 * would do to the school is for the use case.
 */
import Papa from 'papaparse'
import { ageGroup, type AgeGroup } from '../../_wire/age.ts'
import { MOST_IMPORT_ROWS, type ImportProblem } from '../../_wire/people.ts'
import { displayName, emailAddress, inviteToken } from '../../_wire/primitives.ts'

/** An invite link in a row: the course's token and the fingerprint of its root. */
export interface CourseLink {
  readonly token: string
  readonly fingerprint: string
}

export interface ImportRow {
  readonly line: number
  readonly name: string
  readonly email: string
  /** Null where the row does not say. */
  readonly mayTeach: boolean | null
  readonly ageGroup: AgeGroup | null
  readonly links: readonly CourseLink[]
  readonly problems: ImportProblem[]
}

const YES = new Set(['yes', 'y', 'true', '1', 'x'])
const NO = new Set(['no', 'n', 'false', '0'])
const LINK = /\/invite\/(?<token>[\w-]+)(?:#(?<fingerprint>[\w-]{22}))?$/

/** The rows of a file, or null when it is no table with a column `email` or too long. */
export function readImport(csv: string): ImportRow[] | null {
  const { data, meta } = Papa.parse<Record<string, string | undefined>>(
    csv.replace(/^\uFEFF/, ''),
    {
      header: true,
      skipEmptyLines: 'greedy',
      transformHeader: columnOf,
    },
  )
  if (meta.fields?.includes('email') !== true || data.length > MOST_IMPORT_ROWS) return null
  const seen = new Set<string>()
  return data.map((cells, index) => readRow(cells, index + 2, seen))
}

/** Headers as people write them: case, blanks, dashes and a few other words do not count. */
function columnOf(header: string): string {
  const plain = header.toLowerCase().replaceAll(/[^a-z]/g, '')
  return (
    { mail: 'email', emailaddress: 'email', courses: 'course', teacher: 'mayteach' }[plain] ?? plain
  )
}

function readRow(
  cells: Readonly<Record<string, string | undefined>>,
  line: number,
  seen: Set<string>,
): ImportRow {
  const problems: ImportProblem[] = []
  const cell = (name: string): string => (cells[name] ?? '').trim()
  const email = emailAddress.safeParse(cell('email'))
  if (cell('email') === '') problems.push('email-missing')
  else if (!email.success) problems.push('email-invalid')
  const name = displayName.safeParse(cell('name'))
  if (cell('name') !== '' && !name.success) problems.push('name-invalid')
  const links = readLinks(cell('course'), problems)
  const address = email.data ?? cell('email')
  // A person may stand in several rows, one a course.
  if (email.success && seen.has(address) && links.length === 0) problems.push('email-twice')
  seen.add(address)
  return {
    line,
    name: name.data ?? cell('name').slice(0, 100),
    email: address.slice(0, 254),
    mayTeach: readYesNo(cell('mayteach').toLowerCase(), problems),
    ageGroup: readAgeGroup(cell('agegroup').toLowerCase(), problems),
    links,
    problems,
  }
}

function readYesNo(text: string, problems: ImportProblem[]): boolean | null {
  if (text === '') return null
  if (YES.has(text)) return true
  if (!NO.has(text)) problems.push('yes-or-no')
  return false
}

function readAgeGroup(text: string, problems: ImportProblem[]): AgeGroup | null {
  if (text === '') return null
  const group = ageGroup.safeParse(text.replaceAll(/\s+/g, '-').replaceAll('–', '-'))
  if (!group.success) problems.push('age-group-unknown')
  return group.data ?? null
}

function readLinks(text: string, problems: ImportProblem[]): CourseLink[] {
  const words = text.split(/[\s;,|]+/).filter((word) => word !== '')
  return words.flatMap((word) => {
    const { token, fingerprint } = LINK.exec(word)?.groups ?? {}
    if (fingerprint !== undefined && inviteToken.safeParse(token).success) {
      return [{ token: token ?? '', fingerprint }]
    }
    if (!problems.includes('link-incomplete')) problems.push('link-incomplete')
    return []
  })
}
