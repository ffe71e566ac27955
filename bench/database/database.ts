/**
 * `npm run bench -- database`: history upload and list under many teachers at once, on the embedded PostgreSQL and on
 * one of Debian's, in turns. It must never leave a database server behind.
 */
import type { Part, PartContext, Table } from '../report/part.ts'
import { isNoisy, ratioOfTurns, ratioText, summarize } from '../report/statistics.ts'
import { figure } from '../report/tables.ts'
import { debianServer, embeddedServer, type Server } from './servers.ts'
import { fill, turn, type Calls, type FullSchool } from './teachers.ts'

interface Turn {
  readonly server: string
  readonly upload: Calls
  readonly list: Calls
}

type Kind = 'upload' | 'list'

const perSecond = ({ milliseconds, wall }: Calls): number => (milliseconds.length / wall) * 1000

async function measure(
  servers: readonly Server[],
  { quick, say }: PartContext,
): Promise<readonly Turn[]> {
  const [teachers, students, rounds, chunks] = quick ? [10, 5, 2, 2] : [100, 25, 4, 3]
  const schools: FullSchool[] = []
  const turns: Turn[] = []
  try {
    for (const server of servers) {
      say(`${server.name}: ${String(teachers)} teachers, each with a class of ${String(students)}`)
      schools.push(await fill(server, teachers, students))
    }
    // Connections, plans and caches are there before anything counts.
    for (const school of schools) await turn(school, 1)
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? schools : schools.toReversed()
      for (const school of order)
        turns.push({ server: school.server.name, ...(await turn(school, chunks)) })
    }
    return turns
  } finally {
    for (const { school } of schools) await school.close()
  }
}

function rowsOf(turns: readonly Turn[], servers: readonly Server[], kind: Kind): string[][] {
  const of = (name: string): readonly Calls[] =>
    turns.filter(({ server }) => server === name).map((one) => one[kind])
  const [first] = servers
  return servers.map(({ name }) => {
    const calls = of(name)
    const rate = summarize(calls.map(perSecond))
    const { median, p95, max } = summarize(calls.flatMap(({ milliseconds }) => milliseconds))
    const rates = calls.map(perSecond)
    const ratio = ratioText(ratioOfTurns(rates, of(first?.name ?? '').map(perSecond)))
    return [
      `${kind}, ${name}`,
      `${figure(rate.median)}${isNoisy(rate) ? ' (noisy)' : ''}`,
      figure(median),
      figure(p95),
      figure(max),
      name === first?.name ? '1' : ratio,
    ]
  })
}

export const database: Part = async (context) => {
  const servers = [await embeddedServer()]
  const notes: string[] = []
  try {
    const debian = await debianServer()
    if (debian === null)
      notes.push('No PostgreSQL of Debian is installed (package postgresql): skipped.')
    else servers.push(debian)
    const turns = await measure(servers, context)
    const table: Table = {
      title: 'History of classes under many teachers at once: calls a second, and each call (ms)',
      columns: ['what', 'a second', 'p50', 'p95', 'longest', 'rate of embedded'],
      rows: [...rowsOf(turns, servers, 'upload'), ...rowsOf(turns, servers, 'list')],
    }
    return { tables: [table], notes, figures: turns }
  } finally {
    for (const server of servers) await server.stop()
  }
}
