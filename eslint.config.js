import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';

export default tseslint.config(
  {
    ignores: ['dist/', 'node_modules/', 'test-results/', '.vite/', '.stryker-tmp/', 'reports/', 'test/types/', 'test/hosts/*/'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}', 'demo/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // An import of types only must vanish, or the code it names is loaded after all.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'error',
      // `== null` stands for "null or undefined" where JSON may have either.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-properties': [
        'error',
        ...['it', 'test', 'describe'].flatMap((object) => [
          { object, property: 'only', message: 'It switches the other tests off.' },
          { object, property: 'skip', message: 'Say why in the comment that disables this rule.' },
          { object, property: 'todo', message: 'Write the test.' },
        ]),
      ],
    },
  },
  { files: ['demo/**', 'test/**', '.ci/**', 'src/server/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { module: 'writable', process: 'readonly', console: 'readonly', URL: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
  // TypeScript checks these, and knows what Node has.
  { files: ['test/run/**'], rules: { 'no-undef': 'off' } },
  {
    files: ['src/element/**'],
    plugins: { ...lit['flat/recommended'].plugins, ...wc['flat/recommended'].plugins },
    rules: { ...lit['flat/recommended'].rules, ...wc['flat/recommended'].rules, ...wc['flat/best-practice'].rules },
  },
);
