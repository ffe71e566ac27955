import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweep } from '../../_server/jobs/sweep.ts'
import { toB64u } from '../sodium.ts'
import { TestHistory, figures } from '../testing/test-history.ts'
import { PASSWORD, codeOf } from '../testing/test-people.ts'

const DAY_MS = 86_400_000

let course: TestHistory
const held: string[] = []

beforeAll(async () => {
  course = await TestHistory.open()
  held.push(await course.hold(['happy', 'happy', 'sad'], ['sad', 'sad', 'sad'], ['happy']))
  await course.makeTeacher(course.second)
  held.push(await course.hold(['neutral', 'surprise', 'neutral']))
})
afterAll(() => course.close())

describe('a course’s history', () => {
  it('shows the totals as they were shown, newest class first, and nothing below the minimum group', async () => {
    const { teacher, courseId } = course
    const history = await course.totals(teacher)
    expect(history.classes.map(({ classId }) => classId)).toEqual(held.toReversed())
    expect(history.classes.flatMap(({ problems }) => problems)).toEqual([])
    expect([history.more, history.missing]).toEqual([false, []])
    expect(figures(history, held[0] ?? '')).toEqual([{ happy: 2, sad: 1 }, { sad: 3 }, null])
    expect(teacher.tab.of('historyProgress').at(-1)).toEqual({ courseId, done: 2, total: 2 })
  })

  it('is the same for another teacher, and in an empty profile', async () => {
    const { teacher, second, courseId, people } = course
    const own = await course.totals(teacher)
    expect(await course.totals(second)).toEqual(own)
    const fresh = await people.openTab(people.school.browser())
    await fresh.call('signIn', { email: teacher.account.email, password: PASSWORD })
    expect(await fresh.call('courseTotals', { courseId })).toEqual(own)
  })

  it('is of one size for everyone present, whoever spoke or declined', async () => {
    const { students, people } = course
    const { db } = people.school.context
    const parts = await db.chunkPart.findMany()
    // The chunk that closes a chain has no parts.
    const filled = new Set(
      parts.map(({ classId, writer, number }) => `${classId} ${toB64u(writer)} ${String(number)}`),
    )
    expect(filled.size).toBeGreaterThanOrEqual(4)
    const shares = students.map(
      ({ account }) => parts.filter(({ accountId }) => accountId === account.accountId).length,
    )
    expect(shares).toEqual([filled.size, filled.size, filled.size])
    expect(new Set(parts.map(({ part }) => part.length)).size).toBe(1)
    const keys = await db.contentKey.findMany()
    expect(
      new Set(keys.map(({ forCourse, forStudent }) => forCourse.length + forStudent.length)).size,
    ).toBe(1)
  })

  it('comes a page at a time', async () => {
    const { teacher } = course
    const [newest, oldest] = (await course.totals(teacher)).classes
    const page = await course.totals(teacher, { last: 1 })
    expect(page).toMatchObject({ classes: [newest], more: true })
    const before = newest?.startedAt ?? 0
    const next = await course.totals(teacher, { last: 1, before })
    expect(next).toMatchObject({ classes: [oldest], more: false })
  })

  it('has every record once in the worker, and none for students or a page', async () => {
    const { teacher, students } = course
    const { classes } = await course.openAll(teacher)
    const [, first] = classes
    const records = [...(first?.students ?? [])].map(([accountId, bodies]) => [
      accountId,
      bodies.map(({ interval }) => interval),
    ])
    const all = students.map(({ account }) => [account.accountId, [0, 1, 2]])
    expect(new Map(records as [string, number[]][])).toEqual(new Map(all as [string, number[]][]))
    const page = JSON.stringify(await course.totals(teacher))
    for (const { account } of students) expect(page).not.toContain(account.accountId)
    for (const { tab } of students) {
      expect(await codeOf(tab.call('courseTotals', { courseId: course.courseId }))).toBe(
        'not-permitted',
      )
    }
  })

  it('stays whole when a student is removed, and the student keeps the own readings', async () => {
    const { teacher, students, courseId } = course
    const [, , cleo] = students
    const before = await course.totals(teacher)
    const { accountId } = cleo.account
    await teacher.tab.call('removePerson', { courseId, accountId })
    expect(await course.totals(teacher)).toEqual(before)
    const { classes } = await course.openAll(teacher)
    expect(classes.flatMap(({ faults }) => faults)).toEqual([])
    expect(classes.map(({ students: kept }) => kept.get(accountId)?.length)).toEqual([1, 3])
    expect(await course.own(cleo, held[0] ?? '')).toEqual([
      [0, 'sad'],
      [1, 'sad'],
      [2, null],
    ])
  })

  it('loses one student’s readings at once when that student says so, and nothing else', async () => {
    const { teacher, students, courseId, people } = course
    const [ada, bob] = students
    const before = await course.totals(teacher)
    teacher.tab.kill()
    await ada.tab.call('eraseReadings', { courseId })
    await people.reload(teacher)
    expect(await course.own(ada, held[0] ?? '')).toEqual([])
    expect(await course.own(bob, held[0] ?? '')).toHaveLength(3)
    expect(await course.totals(teacher)).toEqual(before)
    const { classes } = await course.openAll(teacher)
    expect(classes.flatMap(({ faults }) => faults)).toEqual([])
    expect(classes.every(({ students: kept }) => !kept.has(ada.account.accountId))).toBe(true)
  })

  it('is opened by a successor only as far as keys were handed over', async () => {
    const { teacher, second, students, courseId } = course
    const [, bob] = students
    // Bob teaches from a new generation on: Hedy's role is taken first.
    const take = { courseId, accountId: second.account.accountId, confirmedName: 'Hedy' }
    await teacher.tab.call('setRole', { ...take, role: 'student' })
    const give = { courseId, accountId: bob.account.accountId, confirmedName: 'Bob' }
    await teacher.tab.call('setRole', { ...give, role: 'teacher' })
    const closed = await course.totals(bob)
    expect(closed.classes.map(({ intervals }) => intervals)).toEqual([[], []])
    expect(closed.classes.map(({ problems }) => problems.map(({ code }) => code))).toEqual([
      ['not-a-holder'],
      ['not-a-holder'],
    ])
    const { generations } = await bob.tab.call('historyKeys', { courseId })
    expect(generations.map(({ mine }) => mine)).toEqual([false, true])
    await teacher.tab.call('handOver', give)
    expect(await course.totals(bob)).toEqual(await course.totals(teacher))
    expect(await codeOf(teacher.tab.call('handOver', take))).toBe('not-allowed')
  })

  it('starts afresh when the newest key is held by nobody at hand', async () => {
    const { teacher, courseId, people } = course
    const { db } = people.school.context
    await db.generationBox.deleteMany({ where: { courseId } })
    const lost = await teacher.tab.call('historyKeys', { courseId })
    expect(lost.generations.map(({ mine }) => mine)).toEqual([false, false])
    await teacher.tab.call('startAfresh', { courseId })
    const { generations } = await teacher.tab.call('historyKeys', { courseId })
    expect(generations.map(({ mine }) => mine)).toEqual([false, false, true])
    const { classes } = await course.totals(teacher)
    expect(classes.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual([
      'not-a-holder',
      'not-a-holder',
    ])
  })

  it('ends by retention class by class, which is said, and no copy brings it back', async () => {
    const { teacher, people } = course
    const { school } = people
    const [first] = await school.context.db.class.findMany({ orderBy: { startedAt: 'asc' } })
    if (!first) throw new TypeError('a class')
    const endedAt = new Date(school.clock.now() - 200 * DAY_MS)
    await school.context.db.class.update({ where: { id: first.id }, data: { endedAt } })
    await sweep(school.context)
    const { classes, missing } = await course.totals(teacher)
    expect(classes.map(({ expiredAt }) => expiredAt)).toEqual([null, school.clock.now()])
    expect(classes[1]).toMatchObject({ classId: first.id, intervals: [], problems: [] })
    expect(missing).toEqual([])
  })
})
