import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import compat from 'eslint-plugin-compat';
import es from 'eslint-plugin-es-x';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';
import jsdoc from 'eslint-plugin-jsdoc';
import * as regexp from 'eslint-plugin-regexp';
import importSort from 'eslint-plugin-simple-import-sort';
import { findPublicNames } from './src/build/lint/public-names.mjs';
import { supportedApis } from './src/build/lint/supported-apis.mjs';

/** Modules that hosts import, and that export what other files declare. */
const ENTRIES = ['src/index.ts', 'src/server/index.ts'];

/** Public names besides the exports of {@link ENTRIES}: those of other entries, and the members of which exported types consist. */
const OTHER_PUBLIC_NAMES = {
  'src/element/properties/chat-properties.ts': ['.*'],
  'src/server/coze-chat.ts': ['MountOptions'],
  'src/server/gateway/options.ts': ['GatewayFields'],
  'src/server/identity/identity-token.ts': ['CommonOptions'],
  'src/server/node.ts': ['.*'],
  'src/server/options.ts': ['VisitorOptions', 'TokenOptions'],
  'src/webchatclient/client.ts': ['WebChatClient', 'WebChatClientClass'],
  'src/webchatclient/webchatclient.ts': ['CozeWebSdk'],
};

/** Its types have only members of Node's own, which Node describes. */
const NODE_TYPES = 'src/server/http/node-request.ts';

const PUBLIC_NAMES = [...findPublicNames(ENTRIES, OTHER_PUBLIC_NAMES)].filter(([file]) => file !== NODE_TYPES);

/** Everything with these names that a host's editor shows: the declaration, and each member that is not private. */
function publicDeclarations(names) {
  const named = `[id.name=${names}]`;
  const member = ':not([accessibility=/private|protected/]):not([key.type="PrivateIdentifier"]):not([override=true])';
  // A property of type `never` only excludes a combination of options, so it needs no comment.
  const signature = ':matches(TSMethodSignature, TSPropertySignature:not([typeAnnotation.typeAnnotation.type="TSNeverKeyword"]))';
  return [
    `ExportNamedDeclaration > TSInterfaceDeclaration${named}`,
    `:matches(Program, ExportNamedDeclaration) > TSInterfaceDeclaration${named} > TSInterfaceBody > ${signature}`,
    `ExportNamedDeclaration > TSTypeAliasDeclaration${named}`,
    `ExportNamedDeclaration > FunctionDeclaration${named}`,
    `ExportNamedDeclaration > ClassDeclaration${named}`,
    // A class inherits the comments of the interface that it implements.
    `ClassDeclaration${named}:not([implements.0]) > ClassBody > PropertyDefinition${member}`,
    `ClassDeclaration${named} > ClassBody > MethodDefinition[kind!="constructor"]${member}`,
  ];
}

/** A top-level function of a module that is declared as a constant and has a block body. */
const MODULE_FUNCTION =
  ':matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator:not([id.typeAnnotation]) > ArrowFunctionExpression[body.type="BlockStatement"]';

/** `import()` takes no digest, so the chunk would be loaded without an integrity check. */
const BARE_IMPORT = 'ImportExpression:not(CallExpression[callee.name=/^(loadChunk|useLateComponent)$/] ImportExpression)';

/** For each of these words the glossary has a more precise one. */
const RETIRED_WORDS = ['texts', 'words', 'told', 'heard', 'news', 'judge', 'judged', 'refusal', 'objection', 'summon'];

const NAMES = [
  { selector: 'typeLike', format: ['PascalCase'] },
  { selector: 'variable', modifiers: ['const', 'global'], types: ['boolean', 'string', 'number'], format: ['UPPER_CASE'] },
  // Names such as `toX`, `getX`, `findX` say what a function does; `firstIdentityOf` is a promise.
  { selector: 'function', format: ['camelCase', 'PascalCase'], custom: { regex: '(?<!first)(?<!Identity)(Of|[a-z]In)$', match: false } },
  { selector: ['classProperty', 'classMethod'], modifiers: ['private'], format: ['camelCase'] },
];

export default tseslint.config(
  {
    ignores: ['dist/', 'node_modules/', 'test-results/', '.vite/', '.stryker-tmp/', 'reports/', 'test/types/', 'test/hosts/*/'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}', 'demo/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    // Not `projectService`: it builds the graph of all files a second time, although nothing changes during a run.
    languageOptions: { parserOptions: { project: ['tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // A type-only import must vanish, or the imported module would be loaded after all.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-console': 'error',
      // `== null` stands for "null or undefined" where JSON may contain either.
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
  {
    files: ['src/server/**/*.ts'],
    languageOptions: { parserOptions: { project: ['src/server/tsconfig.json'] } },
  },
  {
    // One code style, and the terms of CONTRIBUTING's glossary.
    files: ['src/**/*.{ts,tsx}', 'demo/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    plugins: { 'import-sort': importSort },
    rules: {
      'import-sort/imports': ['error', { groups: [['^\\u0000', '^node:', '^@?\\w', '^', '^\\.']] }],
      'import-sort/exports': 'error',
      'no-restricted-syntax': ['error', { selector: MODULE_FUNCTION, message: 'Declare it: function name() {}.' }],
      'id-denylist': ['error', ...RETIRED_WORDS],
      '@typescript-eslint/naming-convention': ['error', ...NAMES],
    },
  },
  {
    // Texts by bots and visitors, and network input, may be of any length.
    files: ['src/**/*.{ts,tsx}'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { ignoreSticky: false, report: 'potential' }],
    },
  },
  {
    // Browser code only uses platform APIs and syntax that the oldest browsers of `browserslist` in package.json support.
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/{build,cli,server}/**'],
    plugins: { compat, 'es-x': es, browsers: { rules: { 'supported-apis': supportedApis } } },
    rules: {
      // Checks global names …
      'compat/compat': 'error',
      // … and members, by their types.
      'browsers/supported-apis': 'error',
      ...es.configs['flat/restrict-to-es2022'].rules,
      // All supported browsers have this method of ES2023 …
      'es-x/no-array-prototype-findlast-findlastindex': 'off',
      // … and Safari before 16.4 lacks this syntax of ES2018: it could not parse the whole file.
      'es-x/no-regexp-lookbehind-assertions': 'error',
    },
  },
  // Names that come from the SDK, or from fields on the wire.
  {
    files: ['src/frame/app/sdk/overrides/**', 'test/**', 'demo/{coze,studio}-stand-in/**'],
    rules: { '@typescript-eslint/naming-convention': 'off' },
  },
  {
    files: ['src/frame/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: MODULE_FUNCTION, message: 'Declare it: function name() {}.' },
        { selector: BARE_IMPORT, message: "Load it by loadChunk('name', () => import(…))." },
      ],
    },
  },
  { files: ['demo/**', 'test/**', '.ci/**', 'src/server/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { module: 'writable', process: 'readonly', console: 'readonly', URL: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
  // TypeScript checks these files, and knows Node's globals.
  { files: ['test/run/**'], rules: { 'no-undef': 'off' } },
  {
    files: ['src/element/**'],
    plugins: { ...lit['flat/recommended'].plugins, ...wc['flat/recommended'].plugins },
    rules: { ...lit['flat/recommended'].rules, ...wc['flat/recommended'].rules, ...wc['flat/best-practice'].rules },
  },
  ...PUBLIC_NAMES.map(([file, names]) => ({
    files: [file],
    plugins: { jsdoc },
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        { contexts: publicDeclarations(names), require: { FunctionDeclaration: false }, enableFixer: false },
      ],
      'jsdoc/require-description': ['error', { contexts: publicDeclarations(names), exemptedBy: ['internal'] }],
      'jsdoc/check-param-names': 'error',
      'jsdoc/check-tag-names': ['error', { definedTags: ['attr', 'reflect', 'tagname', 'slot', 'csspart', 'cssprop', 'cssstate'] }],
      'jsdoc/no-blank-blocks': 'error',
    },
  })),
);
