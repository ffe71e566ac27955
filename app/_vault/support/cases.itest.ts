/** Cases from end to end: real vaults, real web code, real PostgreSQL. Who can read what, and what stays when one is taken back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dumpOf } from '../testing/dump.ts'
import { meet, openCheckIns, part, type CheckInCourse } from '../testing/test-check-ins.ts'
import { INTERVAL_MS, PASSWORD, codeOf, tap, type Person } from '../testing/test-people.ts'

let course: CheckInCourse
let admin: Person
let helper: Person
let ada: Person
let bob: Person
let counsellor: Person
let caseId: string

const WORDS = 'I sleep badly since the move'

beforeAll(async () => {
  course = await openCheckIns()
  admin = course.teacher
  helper = course.second
  ;[ada, bob] = course.students
  counsellor = await course.people.signUp('Noor')
  const cls = await meet(course)
  await tap(ada, cls.meeting.classId, 'sad')
  await tap(bob, cls.meeting.classId, 'happy')
  await course.people.pass(INTERVAL_MS * 1.5)
  await part(course, cls)
})
afterAll(() => course.people.close())

const to = (person: Person, courseId: string | null) => ({
  accountId: person.account.accountId,
  courseId,
})
const letters = () => course.people.school.mail.letters

describe('a case', () => {
  it('is offered to teachers of the own courses and to trusted staff alone', async () => {
    const offered = async () => {
      const { helpers } = await ada.browser.call('support', {}, null)
      return helpers.map(({ name, standing }) => `${name} ${standing}`)
    }
    expect(await offered()).toEqual(['Grace teacher', 'Hedy teacher'])
    const accountId = counsellor.account.accountId
    await admin.browser.call('saveStaff', {}, { accountId, trusted: true })
    expect(await offered()).toEqual(['Noor staff', 'Grace teacher', 'Hedy teacher'])
    const nobody = { helpers: [to(bob, course.courseId)], text: 'x', meeting: null }
    expect(await codeOf(ada.tab.call('openCase', { ...nobody, share: 'nothing' }))).toBe(
      'not-allowed',
    )
  })

  it('is sealed to whom the student chose, with a summary of the own readings', async () => {
    const before = letters().length
    const opened = await ada.tab.call('openCase', {
      helpers: [to(helper, course.courseId)],
      text: WORDS,
      meeting: { startsAt: Date.UTC(2026, 9, 1, 10), minutes: 30 },
      share: 'summary',
    })
    caseId = opened.caseId
    const view = await helper.tab.call('readCase', { caseId })
    expect(view.messages).toMatchObject([
      { author: { name: 'Ada' }, mine: false, content: { text: WORDS, meeting: { minutes: 30 } } },
    ])
    expect(view.attachment).toMatchObject({
      share: 'summary',
      classes: [{ counts: { sad: 1, happy: 0 } }],
    })
    // Nobody else: not the admin, not another teacher, not a classmate.
    for (const other of [admin, bob, counsellor]) {
      expect(await codeOf(other.tab.call('readCase', { caseId }))).toBe('case-not-found')
    }
    const { cases } = await admin.browser.call('adminCases', {}, null)
    expect(cases).toMatchObject([{ id: caseId, state: 'seen', student: { name: 'Ada' } }])
    // A letter to the helper, one to the student when it was read; neither says anything.
    const sent = letters().slice(before)
    expect(sent.map((letter) => letter.to)).toEqual([helper.account.email, ada.account.email])
    for (const { subject, text } of sent)
      expect(`${subject} ${text}`).not.toMatch(/Ada|Hedy|case|sleep/i)
  })

  it('goes on as a conversation, with notes that the student never gets', async () => {
    await helper.tab.call('writeToCase', { caseId, text: 'Shall we talk?', meeting: null })
    await helper.tab.call('noteOnCase', { caseId, text: 'Ask about the move' })
    const own = await ada.tab.call('readCase', { caseId })
    expect(own.messages.map(({ content, mine }) => [content?.text, mine])).toEqual([
      [WORDS, true],
      ['Shall we talk?', false],
    ])
    expect(own.notes).toEqual([])
    const raw = await ada.browser.call('case', { id: caseId }, null)
    expect(raw.notes).toEqual([])
    const again = await helper.tab.call('readCase', { caseId })
    expect(again.notes.map(({ content }) => content?.text)).toEqual(['Ask about the move'])
  })

  it('tells the student of every opening, on the page and in the trail', async () => {
    const { openings } = await ada.tab.call('readCase', { caseId })
    expect(openings.map(({ by }) => by?.name)).toEqual(['Hedy', 'Hedy'])
    const { events } = await ada.browser.call('ownAudit', {}, null)
    const opened = events.filter(({ kind }) => kind === 'case-opened')
    expect(opened.map(({ actor }) => actor?.name)).toEqual(['Hedy', 'Hedy'])
  })

  it('is shared further by the student alone, after a suggestion', async () => {
    const accountId = counsellor.account.accountId
    expect(await codeOf(helper.browser.call('suggestHelper', { id: caseId }, { accountId }))).toBe(
      'not-permitted',
    )
    await admin.browser.call('suggestHelper', { id: caseId }, { accountId })
    expect(await codeOf(counsellor.tab.call('readCase', { caseId }))).toBe('case-not-found')
    const asked = await ada.tab.call('readCase', { caseId })
    expect(asked.suggested?.name).toBe('Noor')
    await ada.tab.call('answerSuggestion', { caseId, accountId, share: true })
    const view = await counsellor.tab.call('readCase', { caseId })
    expect(view.messages[0]?.content?.text).toBe(WORDS)
    // A note from before is not hers; one from now on is.
    expect(view.notes.map(({ content }) => content)).toEqual([null])
    await helper.tab.call('readCase', { caseId })
    await helper.tab.call('noteOnCase', { caseId, text: 'Welcome' })
    const later = await counsellor.tab.call('readCase', { caseId })
    expect(later.notes.at(-1)?.content?.text).toBe('Welcome')
  })

  it('stays readable, and goes on, after its people have renewed their keys', async () => {
    for (const person of [ada, helper, counsellor]) {
      await person.tab.call('renewKeys', { password: PASSWORD })
    }
    await helper.tab.call('readCase', { caseId })
    await helper.tab.call('writeToCase', { caseId, text: 'Still here', meeting: null })
    await helper.tab.call('noteOnCase', { caseId, text: 'By new keys' })
    const words = [WORDS, 'Shall we talk?', 'Still here']
    for (const person of [ada, counsellor]) {
      const view = await person.tab.call('readCase', { caseId })
      expect(view.messages.map(({ content }) => content?.text)).toEqual(words)
      expect(view.gaps).toBe(false)
      expect(view.attachment?.share).toBe('summary')
    }
    const { notes } = await counsellor.tab.call('readCase', { caseId })
    expect(notes.map(({ content }) => content?.text)).toEqual([undefined, 'Welcome', 'By new keys'])
  })

  it('says so when web leaves a message out or moves one', async () => {
    const gapsWith = async (alter: (entries: unknown[]) => void): Promise<boolean> => {
      ada.tab.intercept = async (path, _init, go) => {
        const response = await go()
        if (!path.endsWith(caseId)) return response
        const body = (await response.json()) as { entries: { kind: string }[] }
        const entries = body.entries.filter(({ kind }) => kind === 'message')
        alter(entries)
        return Response.json({ ...body, entries })
      }
      const { gaps } = await ada.tab.call('readCase', { caseId })
      ada.tab.intercept = (_path, _init, go) => go()
      return gaps
    }
    expect(await gapsWith(() => undefined)).toBe(false)
    expect(await gapsWith((entries) => void entries.splice(1, 1))).toBe(true)
    expect(await gapsWith((entries) => void entries.reverse())).toBe(true)
  })

  it('moves through its states by its helpers, and web holds no word of it', async () => {
    for (const state of ['in-contact', 'closed'] as const) {
      await helper.browser.call('setCaseState', { id: caseId }, { state })
      expect((await ada.tab.call('readCase', { caseId })).state).toBe(state)
    }
    const dump = await dumpOf(course.people.school)
    for (const text of [WORDS, 'Shall we talk?', 'Ask about the move']) {
      expect(dump).not.toContain(text)
      expect(dump).not.toContain(Buffer.from(text).toString('hex'))
    }
  })

  it('refuses what a helper forges, and shows the rest', async () => {
    const { db } = course.people.school.context
    const entries = await db.caseEntry.findMany({ where: { caseId }, orderBy: { id: 'asc' } })
    const helpers = entries.at(-1)
    await db.caseEntry.update({
      where: { id: helpers?.id ?? 0n },
      data: { authorId: ada.account.accountId },
    })
    const view = await ada.tab.call('readCase', { caseId })
    expect(view.messages.map(({ content }) => content?.text ?? null)).toEqual([
      WORDS,
      'Shall we talk?',
      null,
    ])
  })

  it('is shredded when the student takes it back', async () => {
    expect(await codeOf(helper.browser.call('withdrawCase', { id: caseId }, {}))).toBe(
      'not-permitted',
    )
    await ada.browser.call('withdrawCase', { id: caseId }, {})
    const { db } = course.people.school.context
    expect(await db.caseEntry.count({ where: { caseId } })).toBe(0)
    expect(await db.caseNote.count({ where: { caseId } })).toBe(0)
    expect(await db.caseNoteKey.count()).toBe(0)
    const row = await db.supportCase.findUniqueOrThrow({
      where: { id: caseId },
      include: { helpers: true },
    })
    expect([row.state, row.studentKey, ...row.helpers.map(({ key }) => key)]).toEqual([
      'withdrawn',
      null,
      null,
      null,
    ])
    const view = await helper.tab.call('readCase', { caseId })
    expect([view.state, view.messages, view.attachment]).toEqual(['withdrawn', [], null])
    expect(await codeOf(helper.tab.call('writeToCase', { caseId, text: 'x', meeting: null }))).toBe(
      'cannot-open',
    )
    const box = 'AAAA'
    expect(await codeOf(helper.browser.call('addToCase', { id: caseId }, { box }))).toBe(
      'case-withdrawn',
    )
  })
})

describe('the directory', () => {
  it('begins empty, is saved by an admin against the version that was edited, and read by everyone', async () => {
    expect(await ada.browser.call('directory', {}, null)).toEqual({ version: 0, entries: [] })
    const entry = {
      name: 'A line of this test',
      kind: 'help-line' as const,
      country: '',
      languages: ['en'],
      topics: ['school'],
      phone: '000',
      email: '',
      website: '',
      hours: '',
      about: '',
    }
    const saved = { replaces: 0, entries: [entry] }
    expect(await admin.browser.call('saveDirectory', {}, saved)).toEqual({ version: 1 })
    expect(await codeOf(admin.browser.call('saveDirectory', {}, saved))).toBe('directory-changed')
    expect((await bob.browser.call('directory', {}, null)).entries).toEqual([entry])
    expect(await codeOf(bob.browser.call('saveDirectory', {}, saved))).toBe('not-permitted')
  })
})
