import { beforeAll, describe, expect, it } from 'vitest'
import { AccountKeys } from '../keys/account-keys.ts'
import { sodiumReady } from '../sodium.ts'
import { TestRoster, person, signerOf, type TestPerson } from '../testing/test-roster.ts'
import { advancePins, comparePins, pinsOf } from './pins.ts'
import { Roster } from './roster.ts'

let grace: TestPerson
let hedy: TestPerson
let ada: TestPerson
let bob: TestPerson

beforeAll(async () => {
  await sodiumReady()
  grace = person('Grace')
  hedy = person('Hedy')
  ada = person('Ada')
  bob = person('Bob')
})

/** Grace founds the course and makes Hedy a teacher; Ada and Bob are students. */
function course(): TestRoster {
  return new TestRoster()
    .grant(grace, grace, 'teacher')
    .list(grace, 'teacher')
    .grant(grace, hedy, 'teacher')
    .list(hedy, 'teacher')
    .list(ada, 'student')
    .list(bob, 'student')
    .generation(hedy)
}

const refusal = (code: string): unknown => expect.objectContaining({ code })

describe('Roster', () => {
  it('vouches for the chain of teachers and the students’ own word', () => {
    const made = course()
    const roster = new Roster(made.answer(), made.root)
    expect(roster.teachers().map(({ name }) => name)).toEqual(['Grace', 'Hedy'])
    expect(roster.studentBySigner(signerOf(ada))?.accountId).toBe(ada.accountId)
    expect(roster.studentBySigner(signerOf(hedy))).toBeUndefined()
    expect(roster.isStudent(bob.accountId)).toBe(true)
    expect(roster.currentTeacherKeys(hedy.accountId, signerOf(hedy))).toEqual(hedy.keys.public)
    expect(roster.newestGeneration()).toMatchObject({ number: 1, signerId: hedy.accountId })
    expect(roster.nextGrant).toBe(2)
  })

  it('takes no root but the pinned one, and none at all without a sound one', () => {
    const made = course()
    expect(() => new Roster(made.answer(), new Uint8Array(16))).toThrow(refusal('root-mismatch'))
    const rootless = new TestRoster().grant(grace, hedy, 'teacher', 0).list(hedy, 'teacher')
    expect(() => new Roster(rootless.answer(), null)).toThrow(refusal('roster-broken'))
  })

  it('believes no grant of a student, of a stranger, or of a teacher whose role was taken before', () => {
    const mallory = person('Mallory')
    const made = course()
      .grant(ada, mallory, 'teacher')
      .grant(grace, hedy, 'none')
      .grant(hedy, bob, 'teacher')
      .grant(mallory, mallory, 'teacher')
      .list(mallory, 'teacher')
    const roster = new Roster(made.answer(), made.root)
    expect(roster.teachers().map(({ name }) => name)).toEqual(['Grace'])
    expect(roster.newestGrant).toBe(3)
    // What Hedy signed while she was a teacher still counts.
    expect(roster.teacherKeys(hedy.accountId, signerOf(hedy))).toEqual(hedy.keys.public)
    expect(roster.newestGeneration()?.number).toBe(1)
  })

  it('lets web take trust away, and never give it', () => {
    const made = course().endGrants(hedy)
    const roster = new Roster(made.answer(), made.root)
    expect(roster.currentTeacherKeys(hedy.accountId, signerOf(hedy))).toBeUndefined()
    const claimed = new TestRoster().grant(grace, grace, 'teacher').list(ada, 'teacher')
    const named = new Roster(claimed.answer(), claimed.root)
    expect(named.teachers()).toEqual([])
    expect(named.isStudent(ada.accountId)).toBe(false)
  })

  it('enrols nobody under another root, or by another’s signature', () => {
    const made = new TestRoster().grant(grace, grace, 'teacher')
    made.list(ada, 'student', new Uint8Array(16)).list(bob, 'student', made.root, ada)
    const roster = new Roster(made.answer(), made.root)
    expect(roster.isStudent(ada.accountId) || roster.isStudent(bob.accountId)).toBe(false)
  })

  it('breaks on a generation that no teacher signed', () => {
    const made = new TestRoster().grant(grace, grace, 'teacher').generation(ada)
    expect(() => new Roster(made.answer(), made.root)).toThrow(refusal('generation-broken'))
  })
})

describe('pins', () => {
  it('notice a key that changed, a roster that went back, and another root', () => {
    const made = course()
    const pins = pinsOf(new Roster(made.answer(), made.root))
    const now = new Roster(made.answer(), made.root)
    expect(comparePins(pins, now)).toEqual({ changed: false, fresh: false })

    const renewed = { ...hedy, keys: AccountKeys.create() }
    const later = new Roster(course2(made, renewed).answer(), made.root)
    expect(comparePins(pins, later)).toEqual({ changed: true, fresh: true })
    const unconfirmed = advancePins(pins, later, false)
    expect(comparePins(unconfirmed, later)).toEqual({ changed: true, fresh: false })
    const confirmed = advancePins(pins, later, true)
    expect(comparePins(confirmed, later)).toEqual({ changed: false, fresh: false })

    expect(() => comparePins({ ...pins, newestGrant: 9 }, now)).toThrow(refusal('roster-broken'))
    expect(() => comparePins({ ...pins, newestGeneration: 9 }, now)).toThrow(
      refusal('roster-broken'),
    )
    const other = course()
    const elsewhere = new Roster(other.answer(), other.root)
    expect(() => comparePins(pins, elsewhere)).toThrow(refusal('root-mismatch'))
  })
})

/** The same course, in which Grace grants Hedy's place to new keys. */
function course2(made: TestRoster, renewed: TestPerson): TestRoster {
  return made.grant(grace, renewed, 'teacher')
}
