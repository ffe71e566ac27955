import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChunksAnswer } from '../../_wire/classes.ts'
import { TestHistory, figures, type Running } from '../testing/test-history.ts'
import { INTERVAL_MS, seat, type Person } from '../testing/test-people.ts'

const DAY_MS = 86_400_000
const HAPPY = ['happy', 'happy', 'happy'] as const

let course: TestHistory

beforeAll(async () => {
  course = await TestHistory.open()
  await course.makeTeacher(course.second)
})
afterAll(() => course.close())

function problems(person: Person): string[] {
  return person.tab.of('problem').map(({ code }) => code)
}

function honest(): void {
  for (const tab of course.people.tabs) {
    tab.intercept = (_path, _init, go) => go()
    tab.events.length = 0
  }
}

/** Web is away for this person. */
function away({ tab }: Person): void {
  tab.intercept = () => Promise.reject(new TypeError('no network'))
}

describe('a stored class that web shows otherwise than it was', () => {
  let classId: string
  let other: ChunksAnswer
  let elsewhere: ChunksAnswer

  beforeAll(async () => {
    honest()
    const { teacher } = course
    classId = await course.hold(HAPPY, HAPPY)
    // Seen once, so that a later look has something to hold it against.
    await course.totals(teacher)
    const second = await course.hold(HAPPY)
    other = await teacher.browser.call('chunks', { id: second }, null)
    elsewhere = await chunksOfAnotherCourse()
  })
  afterEach(honest)

  /** Of the same teacher and student. */
  async function chunksOfAnotherCourse(): Promise<ChunksAnswer> {
    const { people, teacher, students } = course
    const [ada] = students
    const courseId = await people.openCourse(teacher)
    await people.enrol(teacher, ada, courseId)
    const { classId, hub, now } = await people.startClass(teacher, courseId)
    await hub.enter(teacher.tab, seat(teacher, 'teacher'), now())
    await hub.enter(ada.tab, seat(ada, 'student'), now())
    await people.pass(INTERVAL_MS * 1.5)
    for (const { memberId } of hub.present()) await hub.drop(memberId)
    for (const { tab } of [ada, teacher]) await tab.call('leaveClass', { classId, ended: true })
    await people.quiet()
    await teacher.browser.call('endClass', { id: classId }, {})
    return teacher.browser.call('chunks', { id: classId }, null)
  }

  async function seen(alter: (body: ChunksAnswer) => void, records = false): Promise<string[]> {
    const { teacher } = course
    teacher.tab.intercept = async (path, _init, go) => {
      const response = await go()
      if (!path.includes(`${classId}/chunks`)) return response
      const body = (await response.json()) as ChunksAnswer
      alter(body)
      return Response.json(body)
    }
    if (records) {
      const { classes } = await course.openAll(teacher)
      const of = classes.find((one) => one.classId === classId)
      return (of?.faults ?? []).map(({ code }) => code)
    }
    const { classes } = await course.totals(teacher)
    const of = classes.find((one) => one.classId === classId)
    // What holds is shown all the same.
    expect(of?.intervals.length).toBeGreaterThan(0)
    return (of?.problems ?? []).map(({ code }) => code)
  }

  it('names a chunk that is missing, cut off, altered, exchanged or of another class', async () => {
    expect(await seen(() => undefined)).toEqual([])
    expect(await seen(({ chunks }) => void chunks.splice(1, 1))).toEqual(['chunk-missing'])
    expect(await seen(({ chunks }) => void chunks.pop())).toEqual(['chain-cut'])
    const altered = await seen(({ chunks: [, chunk] }) => {
      if (chunk) chunk.manifest = `${chunk.manifest.slice(0, -4)}AAAA`
    })
    expect(altered).toEqual(['chunk-altered'])
    const exchanged = await seen(({ chunks: [, second, third] }) => {
      if (second && third) [second.manifest, third.manifest] = [third.manifest, second.manifest]
    })
    expect(exchanged).toEqual(['chunk-altered'])
    const replayed = await seen(({ chunks }) => {
      const [first] = other.chunks
      if (first) chunks.push(first)
    })
    expect(replayed).toEqual(['chunk-foreign'])
  })

  it('names a chunk that was replayed from another course, and takes nothing of it', async () => {
    const [foreign] = elsewhere.chunks
    if (!foreign) throw new TypeError('a chunk')
    expect(await seen(({ chunks }) => void chunks.push(foreign))).toEqual(['chunk-foreign'])
    const inPlace = ({ chunks, contentKeys }: ChunksAnswer): void => {
      chunks.splice(0, chunks.length, foreign)
      contentKeys.push(...elsewhere.contentKeys)
    }
    const { teacher } = course
    teacher.tab.intercept = async (path, _init, go) => {
      const response = await go()
      if (!path.includes(`${classId}/chunks`)) return response
      const body = (await response.json()) as ChunksAnswer
      inPlace(body)
      return Response.json(body)
    }
    const { classes } = await course.totals(teacher)
    const of = classes.find((one) => one.classId === classId)
    expect(of?.intervals).toEqual([])
    expect(of?.problems.map(({ code }) => code).sort()).toEqual(['chain-cut', 'chunk-foreign'])
  })

  it('names a part that is missing, exchanged, truncated or without its key, and uses the rest', async () => {
    expect(await seen(() => undefined, true)).toEqual([])
    const missing = await seen(({ chunks: [first] }) => void first?.parts.pop(), true)
    expect(missing).toEqual(['part-missing'])
    const exchanged = await seen(({ chunks: [first] }) => {
      const [ada, bob] = first?.parts ?? []
      if (ada && bob) [ada.part, bob.part] = [bob.part, ada.part]
    }, true)
    expect(exchanged).toEqual(['part-altered'])
    const truncated = await seen(({ chunks: [first] }) => {
      const [ada] = first?.parts ?? []
      if (ada) ada.part = ada.part.slice(0, 400)
    }, true)
    expect(truncated).toEqual(['part-altered'])
    const keyless = await seen(({ contentKeys }) => void contentKeys.pop(), true)
    expect(keyless).toEqual(['key-missing'])
    const swapped = await seen(({ contentKeys: [ada, bob] }) => {
      if (ada && bob) [ada.key, bob.key] = [bob.key, ada.key]
    }, true)
    expect(swapped).toEqual(['part-altered'])
  })

  it('names a class that is not listed any more', async () => {
    const { teacher } = course
    teacher.tab.intercept = async (path, _init, go) => {
      const response = await go()
      if (!path.includes('/history')) return response
      const body = (await response.json()) as { classes: { id: string }[] }
      return Response.json({ ...body, classes: body.classes.filter(({ id }) => id !== classId) })
    }
    expect((await course.totals(teacher)).missing).toHaveLength(1)
  })
})

describe('a class in trouble', () => {
  let meeting: Running

  beforeEach(async () => {
    honest()
    meeting = await course.begin()
  })
  afterEach(() => {
    vi.restoreAllMocks()
    honest()
  })

  const everyone = () => [course.teacher, ...course.students]
  const ownOf = (person: Person) => course.own(person, meeting.classId)

  it('is kept on this device while the server is down all along, and goes there later', async () => {
    const { people, teacher, students } = course
    for (const person of everyone()) away(person)
    await course.interval(meeting, HAPPY)
    await course.interval(meeting, ['sad', 'sad', 'happy'])
    await course.end(meeting)
    expect(await teacher.tab.store.chunks(teacher.account.accountId)).not.toEqual([])
    expect(new Set(problems(teacher))).toEqual(new Set(['network']))
    expect((await course.totals(course.second)).classes[0]?.intervals).toEqual([])

    for (const person of everyone()) await people.reload(person)
    await people.quiet()
    expect(figures(await course.totals(teacher), meeting.classId)).toEqual([
      { happy: 3 },
      { happy: 1, sad: 2 },
    ])
    for (const person of students) expect(await ownOf(person)).toHaveLength(2)
    expect(await teacher.tab.store.chunks(teacher.account.accountId)).toEqual([])
    for (const { tab, account } of students) {
      expect(await tab.store.outbox(account.accountId)).toEqual([])
    }
  })

  it('loses nothing when the teacher’s browser is killed and never comes back to the class', async () => {
    const { people, teacher, students } = course
    await course.interval(meeting, HAPPY)
    for (const student of students) {
      const reading = { kind: 'check-in' as const, emotion: 'fear' as const }
      await student.tab.call('record', { classId: meeting.classId, interval: 1, reading })
    }
    await people.pass(INTERVAL_MS * 0.8)
    teacher.tab.kill()
    // The students' browsers are gone too: what they sent is on the teacher's device alone.
    for (const { tab } of students) tab.kill()
    meeting.hub.forgetAll()
    await teacher.browser.call('endClass', { id: meeting.classId }, {})
    await people.reload(teacher)
    await people.quiet()
    for (const student of students) await people.reload(student)
    await people.quiet()
    for (const student of students) {
      expect((await ownOf(student)).slice(0, 2)).toEqual([
        [0, 'happy'],
        [1, 'fear'],
      ])
    }
    expect(await teacher.tab.store.inboxClasses(teacher.account.accountId)).toEqual([])
  })

  it('goes on while the teacher’s disk is full, says so, and everything reaches the server', async () => {
    const { teacher, students } = course
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError')
    })
    await course.interval(meeting, HAPPY)
    expect(problems(teacher)).toContain('storage-full')
    put.mockRestore()
    await course.end(meeting)
    expect(figures(await course.totals(teacher), meeting.classId)[0]).toEqual({ happy: 3 })
    for (const student of students) expect((await ownOf(student))[0]).toEqual([0, 'happy'])
  })

  it('waits on this device while the server’s disk is full, and is sent when there is room', async () => {
    const { people, teacher } = course
    const { db } = people.school.context
    await db.$executeRawUnsafe(
      `CREATE FUNCTION "full"() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`,
    )
    await db.$executeRawUnsafe(
      'CREATE TRIGGER "full" BEFORE INSERT ON "Chunk" FOR EACH ROW EXECUTE FUNCTION "full"()',
    )
    await course.interval(meeting, HAPPY)
    expect(problems(teacher)).toEqual(['server-full'])
    expect(await teacher.tab.store.chunks(teacher.account.accountId)).toHaveLength(1)
    await db.$executeRawUnsafe('DROP TRIGGER "full" ON "Chunk"')
    await db.$executeRawUnsafe('DROP FUNCTION "full"')
    await people.pass(INTERVAL_MS * 2)
    expect(await teacher.tab.store.chunks(teacher.account.accountId)).toEqual([])
    await course.end(meeting)
    expect(figures(await course.totals(teacher), meeting.classId)[0]).toEqual({ happy: 3 })
  })

  it('counts the same on devices whose clocks are wrong by a day', async () => {
    const { people, teacher, students } = course
    const [ada, bob] = students
    await course.end(meeting)
    await people.reload(teacher, -DAY_MS)
    await people.reload(ada, DAY_MS)
    await people.reload(bob, -DAY_MS)
    meeting = await course.begin()
    await course.interval(meeting, HAPPY)
    await course.interval(meeting, ['sad', 'sad', 'sad'])
    await course.end(meeting)
    expect(figures(await course.totals(course.second), meeting.classId)).toEqual([
      { happy: 3 },
      { sad: 3 },
    ])
    expect(everyone().flatMap(problems)).toEqual([])
    for (const person of [teacher, ada, bob]) await people.reload(person)
  })

  it('has one writer when one teacher opens two tabs, and counts nothing twice', async () => {
    const { people, teacher } = course
    const tab = await people.openTab(teacher.browser, teacher.tab.store)
    await tab.call('status', {})
    const other = seat(teacher, 'teacher')
    await meeting.hub.enter(tab, other, meeting.now())
    await course.interval(meeting, HAPPY)
    await meeting.hub.drop(meeting.teaching.memberId)
    await teacher.tab.call('leaveClass', { classId: meeting.classId, ended: false })
    await course.interval(meeting, ['sad', 'sad', 'sad'])
    await meeting.hub.drop(other.memberId)
    await tab.call('leaveClass', { classId: meeting.classId, ended: true })
    await course.end(meeting)
    const history = await course.totals(course.second)
    expect(figures(history, meeting.classId)).toEqual([{ happy: 3 }, { sad: 3 }])
    expect(history.classes[0]?.problems).toEqual([])
    tab.kill()
  })

  it('takes no more of a student who erased during it, and drops the teacher’s copies', async () => {
    const { people, teacher, students, courseId } = course
    const [ada, bob] = students
    teacher.tab.intercept = (path, init, go) =>
      init.method === 'POST' ? Promise.reject(new TypeError('no network')) : go()
    await course.interval(meeting, HAPPY)
    const own = teacher.account.accountId
    const kept = async () => JSON.stringify(await teacher.tab.store.chunks(own))
    expect(await kept()).toContain(ada.account.accountId)
    await ada.tab.call('eraseReadings', { courseId })
    // The SFU carries web's word to every device.
    const { memberId } = meeting.teaching
    const again = { classId: meeting.classId, memberId, role: 'teacher' as const }
    await teacher.tab.call('enterClass', { ...again, clockOffset: meeting.offset(teacher.tab) })
    await people.quiet()
    const parts = JSON.parse(await kept()) as { body: string }[]
    for (const { body } of parts) {
      const { parts: left } = JSON.parse(body) as { parts: { accountId: string }[] }
      expect(left.map(({ accountId }) => accountId)).not.toContain(ada.account.accountId)
    }
    teacher.tab.intercept = (_path, _init, go) => go()
    await course.interval(meeting, HAPPY)
    await course.end(meeting)
    expect(await ownOf(ada)).toEqual([])
    expect((await ownOf(bob)).length).toBeGreaterThan(0)
    expect(await ada.tab.store.outbox(ada.account.accountId, meeting.classId)).toEqual([])
    const { classes } = await course.openAll(teacher)
    expect(classes[0]?.faults).toEqual([])
  })

  it('has its late records taken in although the course’s keys are new since', async () => {
    const { teacher, students, courseId } = course
    await meeting.hub.drop(meeting.teaching.memberId)
    await teacher.tab.call('leaveClass', { classId: meeting.classId, ended: false })
    await course.interval(meeting, ['anger', 'anger', 'anger'])
    await course.end(meeting)
    const { settings } = await teacher.browser.call('course', { id: courseId }, null)
    await teacher.tab.call('startAfresh', { courseId })
    const late = () => teacher.browser.call('lateRecords', { id: meeting.classId }, null)
    expect((await late()).records.length).toBeGreaterThan(0)
    await course.totals(teacher)
    expect((await late()).records).toEqual([])
    const [, bob] = students
    expect((await ownOf(bob))[0]).toEqual([0, 'anger'])
    expect(settings.retentionDays).toBe(180)
  })
})
