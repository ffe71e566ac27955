/** Submitting for review, end to end: real vaults, real web, real database. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromB64u } from '../format/bytes.ts'
import { toB64u } from '../sodium.ts'
import { PASSWORD, TestPeople, codeOf, type Person } from '../testing/test-people.ts'
import type { ResultContent } from './content.ts'

const PICTURE = new TextEncoder().encode('not a real JPEG, but the bytes of one')
const content: ResultContent = {
  takenAt: 1_700_000_000_000,
  note: 'Is this right?',
  picture: PICTURE,
  faces: [
    {
      emotion: 'happy',
      confidence: 0.75,
      engagement: 1,
      quality: 0,
      probabilities: [0, 0.75, 0.25, 0, 0, 0, 0, 0],
      box: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 },
    },
  ],
}

let people: TestPeople
let admin: Person
let ada: Person
const bodies: string[] = []

beforeAll(async () => {
  people = await TestPeople.open()
  admin = await people.signUp('Grace', true)
  ada = await people.signUp('Ada')
  ada.tab.intercept = (_path, init, go) => {
    if (typeof init.body === 'string') bodies.push(init.body)
    return go()
  }
})
afterAll(() => people.close())

async function submit(): Promise<string> {
  const { recipients } = await ada.tab.call('resultRecipients', { courseId: null })
  const { id } = await ada.tab.call('submitResult', {
    courseId: null,
    recipients: [...recipients],
    content,
  })
  return id
}

describe('a result submitted for review', () => {
  it('opens for the admin alone, and both see that it was opened', async () => {
    const first = await ada.tab.call('resultRecipients', { courseId: null })
    expect(first.recipients).toMatchObject([{ name: 'Grace', trust: 'first-use' }])
    const { fingerprint } = await admin.tab.call('ownFingerprint', {})
    expect(first.recipients[0]?.fingerprint).toBe(fingerprint)
    const id = await submit()
    const again = await ada.tab.call('resultRecipients', { courseId: null })
    expect(again.recipients).toMatchObject([{ trust: 'known' }])

    const listed = await admin.browser.call('submittedResults', {}, null)
    expect(listed).toMatchObject({ total: 1, results: [{ id, opened: false }] })
    expect(listed.results[0]?.sender.name).toBe('Ada')
    const opened = await admin.tab.call('openResult', { id })
    expect(opened).toMatchObject({ ...content, senderName: 'Ada' })
    expect(await codeOf(ada.tab.call('openResult', { id }))).toBe('result-not-found')

    const own = await ada.browser.call('ownResults', {}, null)
    expect(own.results[0]).toMatchObject({ id, recipients: ['Grace'], course: null })
    expect(own.results[0]?.openedAt).not.toBeNull()
    const { events } = await ada.browser.call('ownAudit', {}, null)
    expect(events.map(({ kind }) => kind).slice(0, 2)).toEqual([
      'result-opened',
      'result-submitted',
    ])
  })

  it('is padded, and nothing of it can be read in what was sent', () => {
    const sent = bodies.find((body) => body.includes('"box"') && body.includes('"keys"')) ?? ''
    const { box } = JSON.parse(sent) as { box: string }
    const bytes = fromB64u(box)
    expect(bytes.length).toBe(24 + 16 + 131_072)
    for (const word of ['happy', 'Is this right', 'JPEG']) {
      expect(Buffer.from(bytes).includes(word)).toBe(false)
    }
  })

  it('is gone for everyone once withdrawn', async () => {
    const id = await submit()
    await ada.browser.call('withdrawResult', { id }, {})
    expect(await codeOf(admin.tab.call('openResult', { id }))).toBe('result-not-found')
    expect(await codeOf(admin.browser.call('withdrawResult', { id }, {}))).toBe('result-not-found')
    expect(await people.school.context.db.resultKey.count({ where: { resultId: id } })).toBe(0)
  })

  it('is refused when it was altered, or when its sender is not who web says', async () => {
    const id = await submit()
    admin.tab.intercept = async (path, _init, go) => {
      const response = await go()
      if (!path.includes('/admin/results/')) return response
      const body = (await response.json()) as { box: string }
      const bytes = fromB64u(body.box)
      bytes[100] = (bytes[100] ?? 0) ^ 1
      return Response.json({ ...body, box: toB64u(bytes) })
    }
    expect(await codeOf(admin.tab.call('openResult', { id }))).toBe('cannot-open')
    admin.tab.intercept = async (path, _init, go) => {
      const response = await go()
      if (!path.includes('/admin/results/')) return response
      const body = (await response.json()) as { sender: { publicKeys: { box: string } } }
      const publicKeys = { ...body.sender.publicKeys, sign: toB64u(new Uint8Array(32).fill(7)) }
      return Response.json({ ...body, sender: { ...body.sender, publicKeys } })
    }
    expect(await codeOf(admin.tab.call('openResult', { id }))).toBe('bad-signature')
    admin.tab.intercept = (_path, _init, go) => go()
  })

  it('opens after both have renewed their keys', async () => {
    const id = await submit()
    for (const { tab } of [ada, admin]) await tab.call('renewKeys', { password: PASSWORD })
    expect((await admin.tab.call('openResult', { id })).note).toBe('Is this right?')
    // Nobody can say that a key of their own came before the sender's.
    admin.tab.intercept = async (path, _init, go) => {
      const response = await go()
      if (!path.includes('/admin/results/')) return response
      const body = (await response.json()) as { sender: { keyChanges: unknown[] } }
      return Response.json({ ...body, sender: { ...body.sender, keyChanges: [] } })
    }
    expect(await codeOf(admin.tab.call('openResult', { id }))).toBe('bad-signature')
    admin.tab.intercept = (_path, _init, go) => go()
  })

  it('goes to an admin whose keys were renewed without a question, and to no key that nobody signed for', async () => {
    const asked = async () =>
      (await ada.tab.call('resultRecipients', { courseId: null })).recipients
    await submit()
    const [before] = await asked()
    await admin.tab.call('renewKeys', { password: PASSWORD })
    const [after] = await asked()
    expect(after?.fingerprint).not.toBe(before?.fingerprint)
    expect(after?.trust).toBe('known')
    // The same keys without the old key's word for them.
    ada.tab.intercept = async (path, _init, go) => {
      const response = await go()
      if (!path.includes('/result-recipients')) return response
      const body = (await response.json()) as { recipients: { keyChanges: unknown[] }[] }
      return Response.json({
        recipients: body.recipients.map((one) => ({ ...one, keyChanges: [] })),
      })
    }
    expect(await asked()).toMatchObject([{ trust: 'changed' }])
    ada.tab.intercept = (_path, _init, go) => go()
    const id = await submit()
    expect((await admin.tab.call('openResult', { id })).note).toBe('Is this right?')
  })

  it('is not sealed to a key that changed unseen', async () => {
    const { recipients } = await ada.tab.call('resultRecipients', { courseId: null })
    ada.tab.intercept = async (path, _init, go) => {
      const response = await go()
      if (!path.includes('/result-recipients')) return response
      const body = (await response.json()) as {
        recipients: { publicKeys: { box: string; sign: string } }[]
      }
      for (const one of body.recipients) one.publicKeys.box = toB64u(new Uint8Array(32).fill(9))
      return Response.json(body)
    }
    const attempt = ada.tab.call('submitResult', {
      courseId: null,
      recipients: [...recipients],
      content,
    })
    expect(await codeOf(attempt)).toBe('recipient-key-changed')
    const shown = await ada.tab.call('resultRecipients', { courseId: null })
    expect(shown.recipients).toMatchObject([{ trust: 'changed' }])
  })
})

describe('the recipients of a course', () => {
  it('are its admins by the signed roster', async () => {
    const course = await people.openCourse(admin, { readings: 'off' })
    const carl = await people.signUp('Carl')
    const dan = await people.signUp('Dan')
    await people.enrol(admin, carl, course)
    await people.enrol(admin, dan, course)
    await admin.tab.call('setRole', {
      courseId: course,
      accountId: carl.account.accountId,
      role: 'course-admin',
      confirmedName: 'Carl',
    })
    const { recipients } = await dan.tab.call('resultRecipients', { courseId: course })
    expect(recipients).toMatchObject([{ name: 'Carl', trust: 'vouched' }])
    const { id } = await dan.tab.call('submitResult', {
      courseId: course,
      recipients: [...recipients],
      content,
    })
    expect((await carl.tab.call('openResult', { id })).note).toBe('Is this right?')
    expect(await codeOf(admin.tab.call('openResult', { id }))).toBe('result-not-found')
  })
})

describe('every result', () => {
  it('has its time', async () => {
    expect(await people.school.context.db.result.count()).toBeGreaterThan(0)
    people.school.clock.advance(91 * 86_400_000)
    const { sweep } = await import('../../_server/jobs/sweep.ts')
    await sweep(people.school.context)
    expect(await people.school.context.db.result.count()).toBe(0)
  })
})
