/**
 * The walls between rooms (ARCHITECTURE.md): who must be able to run a line of code decides what it
 * may import.
 */
const pure = '^app/_wire/|^sfu/protocol/'
const tests = '\\.(test|itest)\\.tsx?$|/testing/'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A circle cannot be understood, or tested, piece by piece.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'sfu-knows-no-web',
      comment: 'The media server has no database, no pages, no secrets of the school.',
      severity: 'error',
      from: { path: '^sfu/', pathNot: tests },
      to: { path: '^(app|prisma|models|bin)/' },
    },
    {
      name: 'protocol-is-pure',
      comment: 'Both ends of the wire run it.',
      severity: 'error',
      from: { path: '^sfu/protocol/', pathNot: tests },
      to: { pathNot: '^sfu/protocol/|^node_modules/zod/' },
    },
    {
      name: 'wire-is-pure',
      severity: 'error',
      from: { path: '^app/_wire/', pathNot: tests },
      to: { pathNot: `${pure}|^node_modules/zod/` },
    },
    {
      name: 'browser-rooms-know-no-server',
      severity: 'error',
      from: { path: '^app/(_call|_emotion|_vault|_ui|class|analyze)/', pathNot: tests },
      to: {
        path: '^(app/_server|app/api|prisma|bin)/|^sfu/(?!protocol/)',
      },
    },
    {
      name: 'browser-rooms-run-no-node',
      severity: 'error',
      from: { path: '^app/(_call|_emotion|_vault|_ui|_wire)/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engines-know-no-react',
      comment: 'React sits on top of call, analysis and vault, never inside.',
      severity: 'error',
      from: { path: '^app/(_call|_emotion|_vault|_wire)/', pathNot: tests },
      to: { path: '^node_modules/(react|react-dom|next|next-intl|sonner|radix-ui)/|\\.tsx$' },
    },
    {
      name: 'engines-know-no-screens',
      severity: 'error',
      from: { path: '^app/(_call|_emotion|_vault|_wire)/', pathNot: tests },
      to: { path: '^app/(_ui|_messages|class|admin|analyze|\\(site\\))/' },
    },
    {
      name: 'call-emotion-vault-apart',
      comment: 'Frames, keys and calls meet on the page, not in one another.',
      severity: 'error',
      from: { path: '^app/(_call|_emotion|_vault)/', pathNot: tests },
      to: {
        path: '^app/(_call|_emotion|_vault)/',
        pathNot: '^app/$1/|^app/_emotion/(emotions|reading|engagement)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'server-knows-no-browser',
      severity: 'error',
      from: { path: '^app/(_server|api)/', pathNot: tests },
      to: { path: '^app/(_call|_emotion|_ui)/|^sfu/(?!protocol/)|^bin/' },
    },
    {
      name: 'not-to-tests',
      comment:
        'Nothing that a school runs. Measurements use what the tests set up: real parts, invented people.',
      severity: 'error',
      from: { pathNot: `${tests}|^(e2e|bench)/|^vitest|^bin/(migrations|test)` },
      to: { path: tests },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|data|models/training|public|prisma/generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
