import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { enterFirst } from '../testing/people.ts'
import { openSchool, type TestSchool } from '../testing/test-school.ts'
import { startJobs } from './start-jobs.ts'

const YEAR_MS = 366 * 86_400_000
let school: TestSchool

beforeAll(async () => {
  school = await openSchool()
})
afterAll(() => school.close())

it('deletes what has had its time as soon as the service starts, not an hour later', async () => {
  await enterFirst(school)
  const sessions = () => school.context.db.session.count()
  expect(await sessions()).toBe(1)
  school.clock.advance(YEAR_MS)
  const last = vi.spyOn(school.context.db.notice, 'deleteMany')
  const stop = startJobs()
  await expect.poll(sessions).toBe(0)
  await expect.poll(() => last.mock.settledResults.length).toBe(1)
  stop()
  expect(school.log).toEqual([])
})
