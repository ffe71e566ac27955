/**
 * A short look at a page that a test comes by: nothing grave by axe. Where pictures are wanted (SHOTS) it is looked at
 * from every side instead, which takes several times as long.
 */
import type { Page } from '@playwright/test'
import { expectNothingSerious } from './axe.ts'
import { look } from './look.ts'

/** Looks at the page as it stands. @param name of its pictures */
export async function glance(page: Page, name: string): Promise<void> {
  if (process.env['SHOTS'] === undefined) await expectNothingSerious(page, name)
  else await look(page, name)
}
