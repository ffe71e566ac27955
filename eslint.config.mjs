/**
 * Lint rules of the house: types are checked strictly, promises are awaited, no error is swallowed,
 * no type is forced. Walls between rooms are dependency-cruiser's (.dependency-cruiser.mjs).
 */
import { defineConfig, globalIgnores } from 'eslint/config'
import nextVitals from 'eslint-config-next/core-web-vitals'
import nextTypeScript from 'eslint-config-next/typescript'
import tseslint from 'typescript-eslint'

const forcedTypes = {
  selector: "TSAsExpression > TSAsExpression[typeAnnotation.type='TSUnknownKeyword']",
  message: 'A forced type hides a wrong one: parse, or narrow with a guard.',
}

const unshownToast = {
  name: 'sonner',
  message: 'Nothing draws its toasts until ours asks for it: use app/_ui/toaster.tsx.',
}

const wholeZod = {
  selector:
    "ImportDeclaration[importKind='value'][source.value='zod'] > ImportSpecifier[imported.name='z']",
  message: "`import * as z from 'zod'` lets a bundler leave out what a page does not use.",
}

export default defineConfig([
  ...nextVitals,
  ...nextTypeScript,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      'no-restricted-syntax': ['error', forcedTypes, wholeZod],
      '@typescript-eslint/no-restricted-imports': ['error', { paths: [unshownToast] }],
    },
  },
  {
    files: ['app/_ui/toast-list.tsx'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    rules: {
      'no-empty': ['error', { allowEmptyCatch: false }],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      eqeqeq: ['error', 'always'],
      'import/no-anonymous-default-export': 'off',
    },
  },
  {
    // No React here: `use` is a callback's or a fixture's name.
    files: ['{bin,sfu,prisma,models,e2e,bench}/**'],
    rules: { 'react-hooks/rules-of-hooks': 'off', 'react-hooks/exhaustive-deps': 'off' },
  },
  globalIgnores([
    '.next/**',
    'node_modules/**',
    'data/**',
    'public/{models,sound}/**',
    'prisma/generated/**',
    'models/training/**',
    'test-results/**',
    'playwright-report/**',
    'next-env.d.ts',
  ]),
])
