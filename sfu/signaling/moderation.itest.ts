import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  classIdSchema,
  closeCodes,
  moderationRequests,
  OPEN_RULES,
  type Permissions,
} from '../protocol/index.ts'
import {
  isPaused,
  knock,
  openClass,
  recordChannels,
  refusedEntry,
  send,
} from '../testing/open-class.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let school: TestServer

beforeAll(async () => {
  school = await startTestServer()
})

afterAll(async () => {
  await school.close()
})

describe('muting', () => {
  test('pauses the producer at the server, tells the student, who may unmute', async () => {
    const { teacher, student } = await openClass(school)
    const { producerId } = await send(student, 'microphone')
    const { memberId } = student.entry
    await teacher.client.request('stopSource', { memberId, source: 'microphone' })
    expect(isPaused(school, student, producerId)).toBe(true)
    expect(await student.client.told('sourceStopped')).toEqual({
      source: 'microphone',
      by: 'teacher',
    })
    await teacher.client.told('producerUpdated', ({ paused }) => paused)
    await student.client.request('resumeProducer', { producerId })
    expect(isPaused(school, student, producerId)).toBe(false)
  })

  test('with unmuting forbidden nothing of the student lets sound through', async () => {
    const { teacher, student } = await openClass(school)
    const { producerId, transportId } = await send(student, 'microphone')
    await teacher.client.request('setRules', { permissions: { unmute: false } })
    expect(isPaused(school, student, producerId)).toBe(true)
    expect(await student.client.told('sourceStopped')).toEqual({
      source: 'microphone',
      by: 'rules',
    })
    const resume = { producerId }
    expect(await student.client.refused('resumeProducer', resume)).toBe('unmute-forbidden')
    await student.client.request('closeProducer', { producerId })
    const again = await send(student, 'microphone')
    expect(again.refused).toBe('unmute-forbidden')
    const silent = await send(student, 'microphone', true)
    expect(silent.refused).toBeNull()
    expect(await student.client.refused('resumeProducer', silent)).toBe('unmute-forbidden')
    expect(transportId).not.toBe('')
    // The camera is another matter.
    expect((await send(student, 'camera')).refused).toBeNull()
  })

  test('one who is asked may unmute all the same, until muted again', async () => {
    const { teacher, student } = await openClass(school)
    await teacher.client.request('setRules', { permissions: { unmute: false } })
    const { producerId } = await send(student, 'microphone', true)
    const { memberId } = student.entry
    await teacher.client.request('askToUnmute', { memberId })
    await student.client.told('unmuteAsked')
    // Nothing happens by itself: the student decides.
    expect(isPaused(school, student, producerId)).toBe(true)
    await student.client.request('resumeProducer', { producerId })
    expect(isPaused(school, student, producerId)).toBe(false)
    await teacher.client.request('muteAll', {})
    expect(isPaused(school, student, producerId)).toBe(true)
    expect(await student.client.refused('resumeProducer', { producerId })).toBe('unmute-forbidden')
  })

  test('all are muted but teachers', async () => {
    const { cls, teacher, student } = await openClass(school)
    const guest = await school.join({ cls, role: 'guest' })
    const own = await send(teacher, 'microphone')
    const others = [await send(student, 'microphone'), await send(guest, 'microphone')]
    await teacher.client.request('muteAll', {})
    expect(isPaused(school, teacher, own.producerId)).toBe(false)
    expect(others.map(({ producerId }) => isPaused(school, student, producerId))).toEqual([
      true,
      true,
    ])
  })

  test('a mute that the student missed is told on resuming, until the student acts', async () => {
    const { teacher, student } = await openClass(school)
    const { producerId } = await send(student, 'microphone')
    student.client.socket.terminate()
    await teacher.client.told('memberUpdated', ({ member }) => !member.connected)
    const { memberId, resumeToken } = student.entry
    await teacher.client.request('stopSource', { memberId, source: 'microphone' })
    const back = await school.connect()
    const resumed = await back.request('resume', { resumeToken })
    expect(resumed.moderation.stopped).toEqual(['microphone'])
    expect(resumed.producers.find((one) => one.producerId === producerId)?.paused).toBe(true)
    await back.request('pauseProducer', { producerId })
    back.socket.terminate()
    const again = await school.connect()
    expect((await again.request('resume', { resumeToken })).moderation.stopped).toEqual([])
  })

  test('a mute and an unmute that cross end as the server took them, and both sides know', async () => {
    const { teacher, student } = await openClass(school)
    const { producerId } = await send(student, 'microphone', true)
    const { memberId } = student.entry
    for (let round = 0; round < 20; round += 1) {
      school.clock.advance(1_000)
      await Promise.all([
        student.client.request('resumeProducer', { producerId }),
        teacher.client.request('stopSource', { memberId, source: 'microphone' }),
      ])
      const paused = isPaused(school, student, producerId)
      const told = teacher.client.allTold('producerUpdated').at(-1)
      if (told !== undefined) expect(told.paused).toBe(paused)
      await student.client.request('pauseProducer', { producerId })
    }
  })

  test('reaches those too whose media was just lost, and who send nothing yet', async () => {
    const { teacher, student } = await openClass(school)
    await send(student, 'microphone')
    process.kill(Number(school.server.pool.pids[0]), 'SIGKILL')
    await student.client.told('mediaReset')
    await teacher.client.request('muteAll', {})
    expect(await student.client.told('sourceStopped')).toEqual({
      source: 'microphone',
      by: 'teacher',
    })
    const { resumeToken } = student.entry
    const back = await school.connect()
    const resumed = await back.request('resume', { resumeToken })
    expect(resumed.moderation.stopped).toEqual(['microphone'])
    // Whoever unmutes after having heard of it may.
    const again = await send({ ...student, client: back }, 'microphone')
    expect(isPaused(school, student, again.producerId)).toBe(false)
  })

  test('takes what is just about to be sent as well', async () => {
    const { cls, student } = await openClass(school)
    const liveClass = school.server.registry.find(classIdSchema.parse(cls))
    const media = liveClass?.members.find(({ role }) => role === 'student')?.media
    if (liveClass === undefined || !media) throw new Error('nobody is here')
    const produce = media.produce.bind(media)
    vi.spyOn(media, 'produce').mockImplementation(async (options) => {
      const underway = produce(options)
      await liveClass.moderation.muteAll()
      return await underway
    })
    const { producerId } = await send(student, 'microphone')
    expect(isPaused(school, student, producerId)).toBe(true)
  })

  test('a screen is closed, a camera paused', async () => {
    const { teacher, student } = await openClass(school)
    const { memberId } = student.entry
    const camera = await send(student, 'camera')
    const screen = await send(student, 'screen')
    await teacher.client.request('stopSource', { memberId, source: 'camera' })
    await teacher.client.request('stopSource', { memberId, source: 'screen' })
    expect(isPaused(school, student, camera.producerId)).toBe(true)
    expect(isPaused(school, student, screen.producerId)).toBeUndefined()
    await teacher.client.told('producerClosed', (told) => told.producerId === screen.producerId)
  })
})

describe('rules', () => {
  test.each([
    ['video', 'camera', 'video-forbidden'],
    ['screen', 'screen', 'screen-forbidden'],
    ['screen', 'screen-audio', 'screen-forbidden'],
    ['unmute', 'microphone', 'unmute-forbidden'],
  ] as const)('without %s nothing is sent from a %s', async (permission, source, code) => {
    const { cls, teacher, student } = await openClass(school)
    await teacher.client.request('setRules', { permissions: { [permission]: false } })
    expect((await send(student, source)).refused).toBe(code)
    expect((await send(teacher, source)).refused).toBeNull()
    const late = await school.join({ cls })
    expect(late.entry.moderation.rules.permissions[permission]).toBe(false)
    expect((await send(late, source)).refused).toBe(code)
    await teacher.client.request('setRules', { permissions: { [permission]: true } })
    expect((await send(late, source)).refused).toBeNull()
  })

  test('what races with a new rule ends as the rule says', async () => {
    const { teacher, student } = await openClass(school)
    const [produced] = await Promise.all([
      send(student, 'camera'),
      teacher.client.request('setRules', { permissions: { video: false } }),
    ])
    const late = await student.client.send('resumeProducer', { producerId: produced.producerId })
    expect(late.ok).toBe(false)
    expect([true, undefined]).toContain(isPaused(school, student, produced.producerId))
  })

  test('two teachers who press opposite buttons end with one state before everyone', async () => {
    const { cls, teacher, student } = await openClass(school)
    const other = await school.join({ cls, role: 'teacher' })
    for (let round = 0; round < 10; round += 1) {
      school.clock.advance(1_000)
      const open = { screen: true, chat: true, unmute: true, video: true } satisfies Permissions
      await Promise.all([
        teacher.client.request('setRules', { locked: true, permissions: open }),
        other.client.request('setRules', {
          locked: false,
          permissions: { screen: false, chat: false, unmute: false, video: false },
        }),
      ])
      const rules = school.server.registry.find(student.entry.class.id)?.moderation.rules
      const count = (round + 1) * 2
      for (const { client } of [teacher, other, student]) {
        await client.until(() => client.allTold('rules').length >= count)
        expect(client.allTold('rules').at(-1)).toEqual({ rules })
      }
    }
  })

  test.each(['student', 'guest'])('a %s may send none of what teachers send', async (role) => {
    const { cls, teacher } = await openClass(school)
    const { client } = await school.join({ cls, role })
    const data = {
      memberId: teacher.entry.memberId,
      accountId: randomUUID(),
      source: 'camera',
      permissions: { chat: false },
      locked: true,
    }
    for (const method of Object.keys(moderationRequests)) {
      expect(await client.refused(method, data), method).toBe('not-allowed')
    }
    expect(teacher.client.allTold('rules')).toEqual([])
    const late = await school.join({ cls })
    expect(late.entry.moderation.rules).toEqual(OPEN_RULES)
  })

  test('commands about people who are not there are refused with a code', async () => {
    const { teacher } = await openClass(school)
    const { client } = teacher
    const [memberId, accountId] = [randomUUID(), randomUUID()]
    expect(await client.refused('stopSource', { memberId, source: 'camera' })).toBe(
      'member-unknown',
    )
    expect(await client.refused('askToUnmute', { memberId })).toBe('member-unknown')
    expect(await client.refused('removeMember', { memberId })).toBe('member-unknown')
    expect(await client.refused('letBackIn', { accountId })).toBe('not-removed')
    expect(await client.refused('admit', { accountId })).toBe('not-waiting')
    expect(await client.refused('decline', { accountId })).toBe('not-waiting')
  })
})

describe('removal', () => {
  test('ends media, records and every device at once, and no way leads back', async () => {
    const { cls, teacher, student, own } = await openClass(school)
    const second = await school.join(own)
    const { producerId, transportId } = await send(student, 'microphone')
    const { dataProducerId } = await student.client.request('produceData', {
      transportId,
      sctpStreamParameters: { streamId: 1, ordered: true },
    })
    expect(await recordChannels(school, teacher)).toContain(dataProducerId)
    await teacher.client.request('removeMember', { memberId: student.entry.memberId })
    expect(isPaused(school, teacher, producerId)).toBeUndefined()
    expect(await recordChannels(school, teacher)).not.toContain(dataProducerId)
    for (const { client } of [student, second]) {
      expect(await client.told('removed')).toEqual({ reason: 'by-teacher' })
      expect(await client.closed()).toBe(closeCodes.membershipEnded)
    }
    await teacher.client.told('producerClosed', (told) => told.producerId === producerId)
    // By reload or second tab, by the same membership, in another role.
    expect(await refusedEntry(school, own)).toBe('removed-from-class')
    expect(await refusedEntry(school, { ...own, role: 'guest', wait: true })).toBe(
      'removed-from-class',
    )
    const back = await school.connect()
    const { resumeToken } = student.entry
    expect(await back.refused('resume', { resumeToken })).toBe('resume-unknown')
    const { people } = await teacher.client.told('removedPeople')
    expect(people).toEqual([{ accountId: own.sub, name: 'Stu Dent' }])
    await school.join({ cls })
  })

  test('is undone by any teacher, also one who came later', async () => {
    const { cls, teacher, student, own } = await openClass(school)
    await teacher.client.request('removeMember', { memberId: student.entry.memberId })
    const other = await school.join({ cls, role: 'teacher' })
    const [person] = other.entry.moderation.removed
    expect(person?.accountId).toBe(own.sub)
    if (person === undefined) return
    await other.client.request('letBackIn', { accountId: person.accountId })
    await school.join({ ...own, wait: true })
    expect(await teacher.client.told('removedPeople', ({ people }) => people.length === 0)).toEqual(
      { people: [] },
    )
  })

  test('of a guest holds for that guest, who is let back in as the same one', async () => {
    const { cls, teacher } = await openClass(school)
    const own = { cls, sub: randomUUID(), name: 'Gus', role: 'guest', wait: true }
    const door = await knock(school, own)
    await teacher.client.request('admitAll', {})
    await door.told('admitted')
    const guest = await school.join(own)
    const { producerId } = await send(guest, 'camera')
    await teacher.client.request('removeMember', { memberId: guest.entry.memberId })
    expect(await guest.client.closed()).toBe(closeCodes.membershipEnded)
    expect(isPaused(school, teacher, producerId)).toBeUndefined()
    expect(await refusedEntry(school, own)).toBe('removed-from-class')
    const [person] = (await teacher.client.told('removedPeople')).people
    if (person === undefined) throw new Error('nobody was removed')
    await teacher.client.request('letBackIn', { accountId: person.accountId })
    // Let back in is not sent to the waiting room again.
    const back = await school.join(own)
    expect(back.entry.role).toBe('guest')
    expect((await send(back, 'camera')).refused).toBeNull()
    expect(await school.command({ cmd: 'end-class', cls })).toBe(200)
    expect(await back.client.told('classEnded')).toEqual({ reason: 'ended-by-teacher' })
    expect(await back.client.closed()).toBe(closeCodes.classEnded)
    expect(await refusedEntry(school, own)).toBe('class-ended')
  })

  test('does not touch teachers, and tells students nothing of who was removed', async () => {
    const { cls, teacher, student } = await openClass(school)
    const watcher = await school.join({ cls })
    const other = await school.join({ cls, role: 'teacher' })
    expect(await teacher.client.refused('removeMember', { memberId: other.entry.memberId })).toBe(
      'teacher-protected',
    )
    await teacher.client.request('removeMember', { memberId: student.entry.memberId })
    await watcher.client.told('memberLeft')
    expect(watcher.client.allTold('removedPeople')).toEqual([])
    expect((await school.join({ cls })).entry.moderation.removed).toEqual([])
  })
})
