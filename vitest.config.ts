/**
 * Two test projects. `unit`: *.test.ts, beside the code, with no process and no socket of another
 * program. `integration`: *.itest.ts, with a real mediasoup worker and a real PostgreSQL, one file
 * at a time, since they share the machine's ports and processors.
 */
import { defineConfig } from 'vitest/config'

const rooms = '{app,sfu,prisma,models,bin,bench}'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [`${rooms}/**/*.test.{ts,tsx,mjs}`],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: [`${rooms}/**/*.itest.ts`],
          globalSetup: ['bin/testing/integration-setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
