/**
 * The page `/analyze` as a person uses it. It must never know more of the page than its roles and names.
 */
import type { Locator, Page } from '@playwright/test'
import type { TestFile } from './pictures.ts'

export const chooseFiles = (page: Page, files: readonly TestFile[]): Promise<void> =>
  page.getByLabel('Choose a picture or a video').setInputFiles([...files])

export const resultsOf = (page: Page): Locator => page.getByRole('table', { name: 'Results' })

/** Lines of the table by what they say: file, face, emotion, confidence, engagement. */
export const resultsRow = (page: Page, name: RegExp): Locator =>
  resultsOf(page).getByRole('row', { name })

/** What is said of one file. */
export const alertOf = (page: Page, file: string): Locator =>
  page.getByRole('alert').filter({ hasText: `${file}: ` })
