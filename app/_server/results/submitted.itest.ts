import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeOf, enter, enterFirst, randomB64u, type Person } from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'

const EACH = 26
let school: TestSchool
let admin: Person
let second: Person

beforeAll(async () => {
  school = await openSchool()
  admin = await enterFirst(school)
  second = await enter(school, { name: 'Second admin' })
  const rights = { schoolAdmin: true, mayTeach: false, suspended: false }
  await admin.browser.call('savePerson', { id: second.id }, rights)
  for (const name of ['Zoë', 'Ada']) {
    const sender = await enter(school, { name })
    for (let count = 0; count < EACH; count += 1) {
      school.clock.advance(1000)
      const keys = [admin, second].map(({ id }) => ({ accountId: id, key: randomB64u(80) }))
      const body = { id: randomUUID(), courseId: null, keys, box: randomB64u(64) }
      await sender.browser.call('submitResult', {}, body)
    }
  }
})
afterAll(() => school.close())

const list = (query: Record<string, string> = {}) =>
  admin.browser.call('submittedResults', {}, null, { query })

it('lists submitted results searched, sorted and paged by the server', async () => {
  const found = await list({ search: 'zoë' })
  expect([found.total, found.next]).toEqual([EACH, null])
  const first = await list({ sort: 'sender' })
  expect(first.total).toBe(2 * EACH)
  const rest = await list({ sort: 'sender', after: first.next ?? '' })
  const rows = [...first.results, ...rest.results]
  expect(rest.next).toBeNull()
  expect(new Set(rows.map(({ id }) => id)).size).toBe(2 * EACH)
  const names = rows.map(({ sender }) => sender.name)
  expect(names).toEqual(names.map((_, index) => (index < EACH ? 'Ada' : 'Zoë')))
  const newest = await list({ sort: 'sentAt', order: 'desc' })
  const times = newest.results.map(({ sentAt }) => sentAt)
  expect(times).toEqual(times.toSorted((one, other) => other - one))
  expect(await codeOf(list({ sort: 'emotion' }))).toBe('bad-request')
})

it('shows and opens nothing to a recipient who is no admin any more', async () => {
  const [row] = (await list()).results
  const id = row?.id ?? ''
  await second.browser.call('openResult', { id }, {})
  const rights = { schoolAdmin: false, mayTeach: false, suspended: false }
  await admin.browser.call('savePerson', { id: second.id }, rights)
  expect(await codeOf(second.browser.call('openResult', { id }, {}))).toBe('result-not-found')
})
