/**
 * The test function of the whole-system tests: each test gets a school of its own. It must never leave a process or a
 * folder behind.
 */
import { test as base } from '@playwright/test'
import { openSchool, type School, type SchoolOptions } from './school.ts'

export type { Network, School, SchoolOptions } from './school.ts'

export const test = base.extend<{ school: School } & SchoolOptions>({
  relayed: [false, { option: true }],
  settings: [{}, { option: true }],
  school: async ({ relayed, settings }, use) => {
    const { school, close } = await openSchool({ relayed, settings })
    try {
      await use(school)
    } finally {
      await close()
    }
  },
})

export { expect } from '@playwright/test'
