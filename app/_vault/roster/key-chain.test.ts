import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { openKeyChange, signKeyChange } from '../format/key-change.ts'
import { VaultError } from '../errors.ts'
import { fromB64u } from '../format/bytes.ts'
import { AccountKeys } from '../keys/account-keys.ts'
import { sodium, sodiumReady, toB64u } from '../sodium.ts'
import { TestRoster, person, signerOf, type TestPerson } from '../testing/test-roster.ts'
import { KeyChanges, idOf, type WireKeyChange } from './key-chain.ts'
import { advancePins, comparePins, pinsOf, strangers } from './pins.ts'
import { Roster } from './roster.ts'

let grace: TestPerson
let hedy: TestPerson
let ada: TestPerson

beforeAll(async () => {
  await sodiumReady()
  grace = person('Grace')
  hedy = person('Hedy')
  ada = person('Ada')
})

interface Changed {
  readonly who: TestPerson
  readonly word: WireKeyChange
}

function change(who: TestPerson, kind: WireKeyChange['kind'], by?: AccountKeys): Changed {
  const keys = kind === 'renewed' ? who.keys.renewed() : AccountKeys.create()
  const facts = { accountId: who.accountId, from: who.keys.public, to: keys.public, at: 0 }
  const old = kind === 'renewed' ? (by ?? who.keys).signKey : null
  const signed = toB64u(signKeyChange(facts, old, keys.signKey))
  return { who: { ...who, keys }, word: { kind, signed } }
}

function course(): TestRoster {
  return new TestRoster()
    .grant(grace, grace, 'teacher')
    .list(grace, 'teacher')
    .grant(grace, hedy, 'teacher')
    .list(hedy, 'teacher')
    .list(ada, 'student')
    .generation(hedy)
}

/** The same course as web answers it once these people have changed keys. */
function after(made: TestRoster, ...changes: readonly Changed[]): ReturnType<TestRoster['answer']> {
  const answer = made.answer()
  for (const { who, word } of changes) {
    const row = answer.people.find(({ accountId }) => accountId === who.accountId)
    row?.keyChanges.push(word)
  }
  return answer
}

describe('a key change', () => {
  it('opens as it was signed, and refuses any flipped bit, another kind, and a foreign old key', () => {
    const { word } = change(ada, 'renewed')
    const document = fromB64u(word.signed)
    expect(openKeyChange('renewed', document).accountId).toBe(ada.accountId)
    expect(() => openKeyChange('reset', document)).toThrow(VaultError)
    fc.assert(
      fc.property(fc.nat({ max: document.length * 8 - 1 }), (bit) => {
        const copy = document.slice()
        copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => openKeyChange('renewed', copy)).toThrow(VaultError)
      }),
      { numRuns: 60 },
    )
    const forged = change(ada, 'renewed', AccountKeys.create())
    expect(() => openKeyChange('renewed', fromB64u(forged.word.signed))).toThrow(VaultError)
  })

  it('cannot claim a key that somebody else holds', () => {
    const facts = {
      accountId: ada.accountId,
      from: ada.keys.public,
      to: hedy.keys.public,
      at: 0,
    }
    const stolen = signKeyChange(facts, ada.keys.signKey, ada.keys.signKey)
    expect(() => openKeyChange('renewed', stolen)).toThrow(VaultError)
  })
})

describe('a chain of keys', () => {
  it('follows ordinary changes in any order, and ends in a circle', () => {
    const first = change(ada, 'renewed')
    const second = change(first.who, 'renewed')
    const changes = new KeyChanges(ada.accountId, [second.word, first.word])
    const chain = changes.follow(ada.keys.public, () => false)
    expect(chain.keys.map(idOf)).toEqual(
      [ada, first.who, second.who].map((one) => idOf(one.keys.public)),
    )
    expect(changes.leads(idOf(ada.keys.public), second.who.keys.public)).toBe(true)
    expect(changes.leads(idOf(second.who.keys.public), ada.keys.public)).toBe(false)
    const facts = {
      accountId: ada.accountId,
      from: second.who.keys.public,
      to: ada.keys.public,
      at: 0,
    }
    const back = toB64u(signKeyChange(facts, second.who.keys.signKey, ada.keys.signKey))
    const circle = [first.word, second.word, { kind: 'renewed' as const, signed: back }]
    const round = new KeyChanges(ada.accountId, circle).follow(ada.keys.public, () => false)
    expect(round.keys).toHaveLength(3)
  })

  it('stops at a reset that nobody confirmed, and goes past one that leads to a known key', () => {
    const reset = change(hedy, 'reset')
    const later = change(reset.who, 'renewed')
    const changes = new KeyChanges(hedy.accountId, [reset.word, later.word])
    const newest = idOf(later.who.keys.public)
    const unknown = changes.follow(hedy.keys.public, () => false)
    expect(unknown.keys.map(idOf)).toEqual([idOf(hedy.keys.public)])
    expect(unknown.unconfirmed && idOf(unknown.unconfirmed)).toBe(newest)
    const known = changes.follow(hedy.keys.public, (id) => id === newest)
    expect(known.unconfirmed).toBeNull()
    expect(known.keys.map(idOf).at(-1)).toBe(newest)
    expect(known.sinceReset).toHaveLength(2)
  })
})

describe('a roster after changes of keys', () => {
  it('vouches for a teacher who renewed, keeps what the old key signed, and asks nobody', () => {
    const made = course()
    const pins = pinsOf(new Roster(made.answer(), made.root))
    const renewed = change(hedy, 'renewed')
    const roster = new Roster(after(made, renewed), made.root)
    expect(roster.currentTeacherKeys(hedy.accountId, signerOf(renewed.who))).toEqual(
      renewed.who.keys.public,
    )
    expect(roster.currentTeacherKeys(hedy.accountId, signerOf(hedy))).toBeUndefined()
    expect(roster.teacherKeys(hedy.accountId, signerOf(hedy))).toEqual(hedy.keys.public)
    expect(roster.newestGeneration()?.number).toBe(1)
    expect(comparePins(pins, roster)).toEqual({ changed: false, fresh: true })
    const advanced = advancePins(pins, roster, false)
    expect(advanced.teachers[hedy.accountId]).toBe(idOf(renewed.who.keys.public))
    // Web that hides the change again brings the retired key back: that is noticed.
    const hidden = new Roster(made.answer(), made.root)
    expect(comparePins(advanced, hidden).changed).toBe(true)
  })

  it('believes grants of a renewed key as of the old one', () => {
    const renewed = change(grace, 'renewed')
    const made = course().grant(renewed.who, ada, 'teacher')
    expect(new Roster(made.answer(), made.root).teachers()).toHaveLength(2)
    const roster = new Roster(after(made, renewed), made.root)
    expect(roster.teachers().map(({ name }) => name)).toContain('Ada')
  })

  it('takes records of a renewed student by both keys, and of one who was reset by the new alone', () => {
    const made = course()
    const renewed = change(ada, 'renewed')
    const both = new Roster(after(made, renewed), made.root)
    expect(both.studentBySigner(signerOf(ada))?.keys).toEqual(ada.keys.public)
    expect(both.studentBySigner(signerOf(renewed.who))?.keys).toEqual(renewed.who.keys.public)
    expect(both.person(ada.accountId)?.keys).toEqual(renewed.who.keys.public)
    const reset = change(ada, 'reset')
    const anew = new Roster(after(made, reset), made.root)
    expect(anew.studentBySigner(signerOf(ada))).toBeUndefined()
    expect(anew.everStudentBySigner(signerOf(ada))?.accountId).toBe(ada.accountId)
    expect(anew.studentBySigner(signerOf(reset.who))?.accountId).toBe(ada.accountId)
  })

  it('gives a teacher who was reset nothing before it is confirmed, and then everything', () => {
    const made = course()
    const pins = pinsOf(new Roster(made.answer(), made.root))
    const reset = change(hedy, 'reset')
    const answer = after(made, reset)
    const roster = new Roster(answer, made.root)
    expect(roster.unconfirmed().map(({ name }) => name)).toEqual(['Hedy'])
    expect(roster.currentTeacherKeys(hedy.accountId, signerOf(reset.who))).toBeUndefined()
    expect(roster.currentTeacherKeys(hedy.accountId, signerOf(hedy))).toBeUndefined()
    expect(roster.holders('totals').map(({ name }) => name)).toEqual(['Grace'])
    expect(comparePins(pins, roster).changed).toBe(true)
    expect(strangers(pins, roster).map(({ name }) => name)).toEqual(['Hedy'])

    const confirmed = new Roster(answer, made.root, () => true)
    const advanced = advancePins(pins, confirmed, true)
    const known = new Roster(answer, made.root, (id, key) => advanced.teachers[id] === key)
    expect(known.unconfirmed()).toEqual([])
    expect(comparePins(advanced, known)).toEqual({ changed: false, fresh: false })
    expect(known.currentTeacherKeys(hedy.accountId, signerOf(reset.who))).toBeDefined()
  })

  it('does not break on a generation of a teacher who is still to be confirmed', () => {
    const reset = change(hedy, 'reset')
    const made = new TestRoster()
      .grant(grace, grace, 'teacher')
      .list(grace, 'teacher')
      .grant(grace, hedy, 'teacher')
      .list(hedy, 'teacher')
      .generation(reset.who)
    const roster = new Roster(after(made, reset), made.root)
    expect(roster.generations).toEqual([])
    const confirmed = new Roster(after(made, reset), made.root, () => true)
    expect(confirmed.newestGeneration()?.number).toBe(1)
  })
})

describe('renewed account keys', () => {
  it('come back from their box, open what was sealed before, and know what the old ones signed', () => {
    const before = AccountKeys.create()
    const sealed = sodium.crypto_box_seal(Uint8Array.of(7), before.public.box)
    const now = before.renewed().renewed()
    const box = now.privateBox()
    const opened = before.reopened(box, now.public)
    expect(opened.openSealed(sealed)).toEqual(Uint8Array.of(7))
    expect(opened.signedBy(before.id)).toEqual(before.public.sign)
    expect(opened.signedBy(AccountKeys.create().id)).toBeUndefined()
    expect(opened.public).toEqual(now.public)
    const altered = box.map((byte, index) => (index === 150 ? byte ^ 1 : byte))
    expect(() => before.reopened(altered, now.public)).toThrow(
      expect.objectContaining({ code: 'keys-tampered' }),
    )
  })
})
