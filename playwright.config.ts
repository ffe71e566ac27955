/** Whole-system tests: real service, real Chromium. No retries: a test that fails now and then is a fault to find. */
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  timeout: 180_000,
  expect: { timeout: 120_000 },
  retries: 0,
  // Each test has a service and browsers of its own, and waits most of the time: for an interval, a page, a person.
  workers: 2,
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
})
