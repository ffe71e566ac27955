/** A school class at once: thirty devices that do the same thing in the same moment. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WireError } from '../../_wire/client.ts'
import {
  classKey,
  enrol,
  enter,
  enterFirst,
  openCourse,
  randomB64u,
  settings,
} from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'

const PUPILS = 30

/** `entered`, or the code of the refusal. */
const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'entered',
    (error: unknown) => (error instanceof WireError ? error.code : String(error)),
  )

describe('a whole class at once', () => {
  let school: TestSchool
  beforeEach(async () => {
    school = await openSchool()
  })
  afterEach(() => school.close())

  it('signs up, seals a first box, joins and leaves late records, and none loses to another', async () => {
    const teacher = await enterFirst(school)
    const courseId = await openCourse(teacher)
    const course = { settings: settings({ readings: 'check-ins' }) }
    await teacher.browser.call('saveSettings', { id: courseId }, course)
    const { id } = await teacher.browser.call('startClass', { id: courseId }, {})
    await teacher.browser.call('putClassKey', { id }, classKey(1))
    const transactions = vi.spyOn(school.context.db, '$transaction')
    /** One transaction each: a second one would be that of somebody who lost. */
    const together = async <T>(work: () => readonly Promise<T>[]): Promise<T[]> => {
      transactions.mockClear()
      const done = await Promise.all(work())
      expect(transactions).toHaveBeenCalledTimes(PUPILS)
      return done
    }

    const pupils = await together(() => Array.from({ length: PUPILS }, () => enter(school)))
    expect(new Set(pupils.map((pupil) => pupil.id)).size).toBe(PUPILS)
    const box = { replaces: 0, box: randomB64u(200) }
    await together(() =>
      pupils.map(({ browser }) => browser.call('writeBox', { name: 'pins' }, box)),
    )
    await together(() => pupils.map((pupil) => enrol(teacher, courseId, pupil)))
    const { people } = await teacher.browser.call('course', { id: courseId }, null)
    expect(people).toHaveLength(PUPILS + 1)
    const stored = await together(() =>
      pupils.map(({ browser }) =>
        browser.call('sendLateRecords', { id }, { records: [randomB64u(256)] }),
      ),
    )
    expect(stored).toEqual(pupils.map(() => ({ stored: 1 })))
  })

  it('uses an invitation for one account alone, whoever opens its link at once', async () => {
    const admin = await enterFirst(school)
    const { token } = await admin.browser.call(
      'inviteToSchool',
      {},
      {
        name: '',
        mayTeach: true,
        ageGroup: 'unknown',
        send: false,
      },
    )
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => outcome(enter(school, { invite: token }))),
    )
    const teachers = await school.context.db.account.count({ where: { mayTeach: true } })
    expect(teachers).toBe(2)
    // Who finds it used already comes as anybody does.
    expect(['entered', 'invitation-not-found']).toEqual(expect.arrayContaining(answers))
  })

  it('enrols a person once who presses twice', async () => {
    const teacher = await enterFirst(school)
    const courseId = await openCourse(teacher)
    const pupil = await enter(school)
    const twice = [enrol(teacher, courseId, pupil), enrol(teacher, courseId, pupil)]
    const answers = await Promise.all(twice.map(outcome))
    expect(answers.sort()).toEqual(['already-enrolled', 'entered'])
    expect(await school.context.db.enrolment.count({ where: { accountId: pupil.id } })).toBe(1)
  })
})
