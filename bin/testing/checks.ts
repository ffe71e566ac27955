/** What `npm test` consists of, in the order of its running: what fails fast comes first. */
export type Need = 'client' | 'models' | 'worker' | 'browser' | 'pages'

export interface Check {
  readonly name: string
  /** Programs of node_modules/.bin, one after another. */
  readonly commands: readonly (readonly string[])[]
  readonly needs: readonly Need[]
  /** Where the numbers of passed and failed tests are; null: the check counts as one. */
  readonly report: { readonly kind: 'vitest' | 'playwright'; readonly file: string } | null
}

function vitest(project: 'unit' | 'integration'): readonly string[] {
  const output = `--outputFile.json=test-results/${project}.json`
  return ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', output]
}

const ROOMS = ['app', 'sfu', 'prisma', 'bin', 'models', 'e2e', 'bench']

export const checks: readonly Check[] = [
  {
    name: 'layout',
    commands: [['prettier', '--check', '--log-level', 'warn', '.']],
    needs: [],
    report: null,
  },
  {
    name: 'walls',
    commands: [['depcruise', '--config', '.dependency-cruiser.mjs', ...ROOMS]],
    needs: ['client'],
    report: null,
  },
  {
    name: 'types',
    commands: [
      ['next', 'typegen'],
      ['tsc', '--noEmit'],
    ],
    needs: ['client'],
    report: null,
  },
  {
    name: 'lint',
    commands: [['eslint', '.', '--max-warnings', '0']],
    needs: ['client'],
    report: null,
  },
  { name: 'unused', commands: [['knip']], needs: ['client'], report: null },
  {
    name: 'migrations',
    commands: [['node', 'bin/migrations.ts', 'check']],
    needs: ['client'],
    report: null,
  },
  {
    name: 'unit',
    commands: [vitest('unit')],
    needs: ['client', 'models'],
    report: { kind: 'vitest', file: 'unit.json' },
  },
  {
    name: 'integration',
    commands: [vitest('integration')],
    needs: ['client', 'models', 'worker'],
    report: { kind: 'vitest', file: 'integration.json' },
  },
  {
    name: 'e2e',
    commands: [['playwright', 'test']],
    needs: ['client', 'models', 'worker', 'browser', 'pages'],
    report: { kind: 'playwright', file: 'e2e.json' },
  },
]
