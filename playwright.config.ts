/** Whole-system tests: real service, real Chromium. No retries: a test that fails now and then is a fault to find. */
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  timeout: 180_000,
  expect: { timeout: 120_000 },
  retries: 0,
  // Each test starts a whole service and several browsers: two at once would starve a machine of two cores.
  workers: 1,
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
})
