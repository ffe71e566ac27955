import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accountId } from '../../_wire/primitives.ts'
import { eraseAccount } from '../accounts/erase-account.ts'
import { serializable } from '../core/database.ts'
import { sweep } from '../jobs/sweep.ts'
import {
  chunk,
  classKey,
  codeOf,
  enrol,
  enter,
  enterFirst,
  generation,
  openCourse,
  randomB64u,
  settings,
  type Person,
} from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'
import { MOST_LATE_RECORDS } from './late-records.ts'

const DAY_MS = 86_400_000

describe('chunks and late records', () => {
  let school: TestSchool
  let teacher: Person
  let students: Person[]
  let courseId: string
  let id: string
  let writer: string

  beforeEach(async () => {
    school = await openSchool()
    teacher = await enterFirst(school)
    courseId = await openCourse(teacher)
    students = [await enter(school), await enter(school)]
    for (const student of students) await enrol(teacher, courseId, student)
    const checkIns = { settings: settings({ readings: 'check-ins' }) }
    await teacher.browser.call('saveSettings', { id: courseId }, checkIns)
    id = (await teacher.browser.call('startClass', { id: courseId }, {})).id
    await teacher.browser.call('putClassKey', { id }, classKey(1))
    writer = randomB64u(16)
  })
  afterEach(() => school.close())

  const ids = () => students.map((student) => student.id)
  const write = (body: ReturnType<typeof chunk>, by = teacher) =>
    by.browser.call('writeChunk', { id }, body)
  const list = (person: Person, query = {}) =>
    person.browser.call('chunks', { id }, null, { query })

  it('stores a chunk once: the same again is fine, another of its number is not', async () => {
    const body = chunk(writer, 0, ids())
    expect(await write(body)).toEqual({ created: true })
    expect(await write(body)).toEqual({ created: false })
    expect(await codeOf(write(chunk(writer, 0, ids())))).toBe('chunk-exists')
    const side = await Promise.allSettled([1, 2, 3].map(() => write(chunk(writer, 1, ids(), []))))
    expect(side.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await list(teacher)).chunks.map(({ number }) => number)).toEqual([0, 1])
  })

  it('gives teachers all parts and each student the own ones, with the right keys', async () => {
    const [first, second] = students
    if (first === undefined || second === undefined) throw new TypeError('two students')
    const bodies = [chunk(writer, 0, ids()), chunk(writer, 1, [first.id], [])]
    for (const body of bodies) await write(body)
    const all = await list(teacher)
    expect(all.chunks.map(({ parts }) => parts.length)).toEqual([2, 1])
    expect(all.contentKeys.map(({ key }) => key).sort()).toEqual(
      bodies[0]?.contentKeys.map(({ forCourse }) => forCourse).sort(),
    )
    const own = await list(second)
    expect(own.chunks.map(({ number, parts }) => [number, parts])).toEqual([
      [0, [bodies[0]?.parts[1]]],
    ])
    expect(own.contentKeys).toEqual([
      { writer, accountId: second.id, key: bodies[0]?.contentKeys[1]?.forStudent },
    ])
    const mine = await second.browser.call('ownParts', {}, null)
    expect(mine.classes.map(({ classId, parts }) => [classId, parts])).toEqual([
      [id, [{ writer, number: 0, part: bodies[0]?.parts[1]?.part }]],
    ])
    expect((await teacher.browser.call('ownParts', {}, null)).classes).toEqual([])
  })

  it('refuses chunks of students, strangers and classes without readings', async () => {
    const [student] = students
    if (student === undefined) throw new TypeError('a student')
    expect(await codeOf(write(chunk(writer, 0, ids()), student))).toBe('not-permitted')
    const stranger = await enter(school)
    expect(await codeOf(write(chunk(writer, 0, ids()), stranger))).toBe('class-not-found')
    expect(await codeOf(list(stranger))).toBe('class-not-found')
    expect(await codeOf(write(chunk(writer, 0, [stranger.id])))).toBe('chunk-person-unknown')
  })

  it('refuses parts of unequal size, twice of one person, or without a content key', async () => {
    const body = chunk(writer, 0, ids())
    const odd = { ...body, parts: [...body.parts] }
    odd.parts[0] = { accountId: ids()[0] ?? '', part: randomB64u(1065) }
    expect(await codeOf(write(odd))).toBe('parts-unequal')
    const twice = { ...body, parts: [...body.parts, ...body.parts] }
    expect(await codeOf(write(twice))).toBe('bad-request')
    expect(await codeOf(write(chunk(writer, 0, ids(), [])))).toBe('content-key-missing')
    await write(body)
    expect(await codeOf(write(chunk(writer, 1, ids(), ids())))).toBe('content-key-changed')
  })

  it('takes chunks of many classes at once, without one losing against another', async () => {
    const [pupil] = students
    if (pupil === undefined) throw new TypeError('a student')
    const classes: { id: string; own: string }[] = []
    for (let n = 0; n < 10; n++) {
      const course = await openCourse(teacher)
      await enrol(teacher, course, pupil)
      const checkIns = { settings: settings({ readings: 'check-ins' }) }
      await teacher.browser.call('saveSettings', { id: course }, checkIns)
      const started = await teacher.browser.call('startClass', { id: course }, {})
      await teacher.browser.call('putClassKey', { id: started.id }, classKey(1))
      classes.push({ id: started.id, own: randomB64u(16) })
    }
    for (const number of [0, 1, 2]) {
      const written = await Promise.all(
        classes.map(({ id: cls, own }) =>
          teacher.browser.call('writeChunk', { id: cls }, chunk(own, number, [pupil.id])),
        ),
      )
      expect(written.every(({ created }) => created)).toBe(true)
    }
  })

  it('lets no chunk that is written during an erasure bring parts back', async () => {
    const [erased, other] = students
    if (erased === undefined || other === undefined) throw new TypeError('two students')
    await write(chunk(writer, 0, ids()))
    const tombstone = randomB64u(150)
    const upTo = school.clock.now()
    await Promise.all([
      write(chunk(writer, 1, ids(), [])),
      erased.browser.call('eraseOwn', { id: courseId }, { tombstone, upTo }),
      write(chunk(randomB64u(16), 0, ids())),
    ])
    const { chunks } = await list(teacher)
    const people = chunks.flatMap(({ parts }) => parts.map(({ accountId }) => accountId))
    expect(new Set(people)).toEqual(new Set([other.id]))
  })

  it('erases with an account what a class holds that began meanwhile', async () => {
    const [erased, other] = students
    if (erased === undefined || other === undefined) throw new TypeError('two students')
    await teacher.browser.call('endClass', { id }, {})
    const { context } = school
    let attempts = 0
    await serializable(context.db, async (tx) => {
      attempts += 1
      // From here on the transaction sees nothing that others do.
      await tx.account.count()
      if (attempts === 1) {
        id = (await teacher.browser.call('startClass', { id: courseId }, {})).id
        await teacher.browser.call('putClassKey', { id }, classKey(1))
        await write(chunk(writer, 0, ids()))
      }
      await eraseAccount(context, tx, accountId.parse(erased.id))
    })
    expect(attempts).toBe(2)
    await write(chunk(writer, 1, ids(), []))
    for (const where of [{ accountId: erased.id }, { accountId: other.id }]) {
      const kept = where.accountId === erased.id ? [0, 0] : [2, 1]
      const parts = await context.db.chunkPart.count({ where })
      expect([parts, await context.db.contentKey.count({ where })]).toEqual(kept)
    }
  })

  it('lists long classes in pages, in the order of writing', async () => {
    await write(chunk(writer, 0, ids()))
    for (let number = 1; number < 53; number++) await write(chunk(writer, number, ids(), []))
    const first = await list(teacher)
    const second = await list(teacher, { after: first.next ?? '' })
    const numbers = [...first.chunks, ...second.chunks].map(({ number }) => number)
    expect(numbers).toEqual(Array.from({ length: 53 }, (_, number) => number))
    expect(second.next).toBeNull()
    expect(await codeOf(list(teacher, { after: 'x' }))).toBe('bad-request')
  })

  it('takes chunks after the class has ended, and of people who have left', async () => {
    const [gone] = students
    if (gone === undefined) throw new TypeError('a student')
    await teacher.browser.call('removePerson', { id: courseId, accountId: gone.id }, {})
    await teacher.browser.call('endClass', { id }, {})
    expect(await write(chunk(writer, 0, ids()))).toEqual({ created: true })
  })

  it('erases one student at once, and keeps copies from coming back', async () => {
    const [erased, other] = students
    if (erased === undefined || other === undefined) throw new TypeError('two students')
    await write(chunk(writer, 0, ids()))
    const tombstone = randomB64u(150)
    await erased.browser.call('eraseOwn', { id: courseId }, { tombstone, upTo: school.clock.now() })
    await write(chunk(writer, 1, ids(), []))
    await write(chunk(randomB64u(16), 0, ids()))
    const { chunks, contentKeys } = await list(teacher)
    const people = chunks.flatMap(({ parts }) => parts.map(({ accountId }) => accountId))
    expect(new Set(people)).toEqual(new Set([other.id]))
    expect(new Set(contentKeys.map(({ accountId }) => accountId))).toEqual(new Set([other.id]))
    const { tombstones } = await teacher.browser.call('roster', { id: courseId }, null)
    expect(tombstones).toMatchObject([{ accountId: erased.id, tombstone }])
    await teacher.browser.call('endClass', { id }, {})
    school.clock.advance(1000)
    id = (await teacher.browser.call('startClass', { id: courseId }, {})).id
    await teacher.browser.call('putClassKey', { id }, classKey(1))
    await write(chunk(writer, 0, ids()))
    expect((await list(erased)).chunks).toHaveLength(1)
  })

  it('keeps a late record once, gives it to teachers, and drops it when they say so', async () => {
    const [student] = students
    if (student === undefined) throw new TypeError('a student')
    const send = (records: string[]) => student.browser.call('sendLateRecords', { id }, { records })
    const records = [randomB64u(256), randomB64u(256)]
    expect(await send(records)).toEqual({ stored: 2 })
    expect(await send([...records, records[0] ?? ''])).toEqual({ stored: 0 })
    const listed = (await teacher.browser.call('lateRecords', { id }, null)).records
    expect(listed.map(({ record }) => record).sort()).toEqual([...records].sort())
    for (const row of listed) {
      const digest = createHash('sha256').update(Buffer.from(row.record, 'base64url'))
      expect(row.id).toBe(digest.digest('base64url'))
    }
    const taken = { ids: listed.slice(0, 1).map((row) => row.id) }
    await teacher.browser.call('dropLateRecords', { id }, taken)
    expect((await teacher.browser.call('lateRecords', { id }, null)).records).toHaveLength(1)
    expect(await codeOf(student.browser.call('lateRecords', { id }, null))).toBe('not-permitted')
    expect(await codeOf(send([randomB64u(255)]))).toBe('bad-request')
  })

  it('caps late records of one student, with nothing lost of what was kept', async () => {
    const [student, other] = students
    if (student === undefined || other === undefined) throw new TypeError('two students')
    const send = (count: number, by = student) =>
      by.browser.call(
        'sendLateRecords',
        { id },
        { records: Array.from({ length: count }, () => randomB64u(256)) },
      )
    for (let kept = 0; kept < MOST_LATE_RECORDS; kept += 160) await send(160)
    expect(await codeOf(send(1))).toBe('late-records-full')
    expect(await send(1, other)).toEqual({ stored: 1 })
    expect(await school.context.db.lateRecord.count()).toBe(MOST_LATE_RECORDS + 1)
  })

  it('deletes by retention, counted from the end of the class, and late records after 30 days', async () => {
    const [student] = students
    if (student === undefined) throw new TypeError('a student')
    await write(chunk(writer, 0, ids()))
    await student.browser.call('sendLateRecords', { id }, { records: [randomB64u(256)] })
    school.clock.advance(DAY_MS)
    await teacher.browser.call('endClass', { id }, {})
    const { db } = school.context
    school.clock.advance(30 * DAY_MS)
    await sweep(school.context)
    expect(await db.lateRecord.count()).toBe(0)
    school.clock.advance(149 * DAY_MS)
    await sweep(school.context)
    expect(await db.chunk.count()).toBe(1)
    school.clock.advance(DAY_MS + 1)
    await sweep(school.context)
    expect([
      await db.chunk.count(),
      await db.chunkPart.count(),
      await db.contentKey.count(),
    ]).toEqual([0, 0, 0])
  })

  it('stores nothing of a class whose readings were never on', async () => {
    await teacher.browser.call('endClass', { id }, {})
    const off = { settings: settings({}), generation: generation(2, [teacher.id]) }
    await teacher.browser.call('saveSettings', { id: courseId }, off)
    id = (await teacher.browser.call('startClass', { id: courseId }, {})).id
    expect(await codeOf(write(chunk(writer, 0, ids())))).toBe('readings-off')
  })
})
