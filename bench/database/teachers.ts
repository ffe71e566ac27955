/**
 * Many teachers' vaults at one web: each has a course and a running class and, in turns, uploads a few chunks one after
 * another as a vault does, then lists all that its class has. The real handlers and the real database; only HTTP's
 * transport is left out. The bytes are noise of the right sizes, which web cannot tell from sealed ones.
 */
import {
  chunk,
  classKey,
  enter,
  enterFirst,
  openCourse,
  randomB64u,
  settings,
  type Person,
} from '../../app/_server/testing/people.ts'
import { setServerContext } from '../../app/_server/core/context.ts'
import {
  loadRoute,
  openSchool,
  ORIGIN,
  type TestSchool,
} from '../../app/_server/testing/test-school.ts'
import type { RouteHandler } from '../../app/_server/core/handle.ts'
import { BenchError } from '../report/part.ts'
import type { Server } from './servers.ts'

export interface Teacher {
  readonly person: Person
  readonly classId: string
  readonly writer: string
  next: number
}

/** A school with its teachers on one server. */
export interface FullSchool {
  readonly server: Server
  readonly school: TestSchool
  readonly teachers: readonly Teacher[]
  readonly students: readonly string[]
}

export interface Calls {
  /** Milliseconds of each call, and of all of them side by side. */
  readonly milliseconds: readonly number[]
  readonly wall: number
}

export async function fill(
  server: Server,
  teachers: number,
  students: number,
): Promise<FullSchool> {
  process.env['ATTUNE_TEST_SERVER'] = server.url
  const school = await openSchool()
  const admin = await enterFirst(school)
  const class_: Person[] = []
  for (let n = 0; n < students; n++) class_.push(await enter(school, {}, from(n)))
  const made: Teacher[] = []
  for (let n = 0; n < teachers; n++) {
    const person = n === 0 ? admin : await enter(school, {}, from(1000 + n))
    if (n > 0)
      await school.context.db.account.update({
        where: { id: person.id },
        data: { mayTeach: true },
      })
    const courseId = await openCourse(person)
    await school.context.db.enrolment.createMany({
      data: class_.map(({ id: accountId }) => ({
        courseId,
        accountId,
        role: 'student',
        joinedAt: new Date(school.clock.now()),
      })),
    })
    const checkIns = { settings: settings({ readings: 'check-ins' }) }
    await person.browser.call('saveSettings', { id: courseId }, checkIns)
    const { id } = await person.browser.call('startClass', { id: courseId }, {})
    await person.browser.call('putClassKey', { id }, classKey(1))
    made.push({ person, classId: id, writer: randomB64u(16), next: 0 })
  }
  return { server, school, teachers: made, students: class_.map(({ id }) => id) }
}

const from = (n: number): { address: string } => ({
  address: `198.51.${String(100 + (n >> 8))}.${String(n & 255)}`,
})

async function ask(
  handler: RouteHandler | undefined,
  { person, classId }: Teacher,
  body: unknown,
): Promise<void> {
  if (handler === undefined) throw new TypeError('no such route')
  const cookie = [...person.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const request = new Request(`${ORIGIN}/api/classes/${classId}/chunks`, {
    method: body === null ? 'GET' : 'POST',
    headers: {
      host: new URL(ORIGIN).host,
      origin: ORIGIN,
      cookie,
      'x-attune-address': '198.51.100.1',
      'x-attune-local': '0',
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  })
  const response = await handler(request, { params: Promise.resolve({ id: classId }) })
  const text = await response.text()
  if (!response.ok) throw new BenchError('service-failed', `chunks: ${text.slice(0, 200)}`)
}

/** Every teacher makes so many calls, one after another; all teachers at once. */
async function atOnce(
  teachers: readonly Teacher[],
  calls: number,
  call: (teacher: Teacher) => Promise<void>,
): Promise<Calls> {
  const milliseconds: number[] = []
  const began = performance.now()
  await Promise.all(
    teachers.map(async (teacher) => {
      for (let n = 0; n < calls; n++) {
        const at = performance.now()
        await call(teacher)
        milliseconds.push(performance.now() - at)
      }
    }),
  )
  return { milliseconds, wall: performance.now() - began }
}

/** One turn: uploads, then lists. */
export async function turn(
  { school, teachers, students }: FullSchool,
  chunks: number,
): Promise<{ readonly upload: Calls; readonly list: Calls }> {
  setServerContext(school.context)
  const { GET, POST } = await loadRoute(['classes', '[id]', 'chunks'])
  const upload = await atOnce(teachers, chunks, async (teacher) => {
    const { writer } = teacher
    await ask(POST, teacher, chunk(writer, teacher.next++, students))
  })
  const list = await atOnce(teachers, 1, (teacher) => ask(GET, teacher, null))
  return { upload, list }
}
