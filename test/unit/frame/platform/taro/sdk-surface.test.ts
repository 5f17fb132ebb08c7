/**
 * Compares what the pinned SDK imports from Taro, read from its source, with what the layer provides. A new SDK version that needs more
 * fails here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as taro from '../../../../../src/frame/platform/taro/api/index.js';
import * as components from '../../../../../src/frame/platform/taro/components/index.js';
import * as shared from '../../../../../src/frame/platform/taro/shared.js';

const SDK = 'node_modules/@coze/chat-sdk/dist/lib-source/src';

/** Behind `!isWeb` in the SDK: upload and recorder-manager/taro-recorder-manager, play-audio, use-keyborader-height-handle. */
const miniProgramOnly = [
  'authorize',
  'chooseMedia',
  'env',
  'getFileSystemManager',
  'getRecorderManager',
  'getSetting',
  'onKeyboardHeightChange',
];

const sources = readdirSync(SDK, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.js'))
  .map((path) => readFileSync(join(SDK, path), 'utf8'));

/** Names in `import { … } from '<module>'` anywhere in the SDK. */
function importedFrom(module: string): string[] {
  const names = sources.flatMap((source) =>
    [...source.matchAll(new RegExp(`import (?:\\w+, )?\\{([^}]+)\\} from '${module}'`, 'g'))].flatMap(([, list = '']) => list.split(',')),
  );
  return unique(names.map((name) => name.trim().split(' as ')[0] ?? '').filter(Boolean));
}

/** Members in `Taro.…`, of the default import. */
function membersOfTaro(): string[] {
  return unique(
    sources.flatMap((source) => [...source.matchAll(/(?<!\w)Taro(?:\.| === [^:]+: Taro\.)(\w+)/g)].map(([, name = '']) => name)),
  );
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

/** The named exports of a module. */
function namedExports(module: object): string[] {
  return unique(Object.keys(module).filter((name) => name !== 'default'));
}

test('Every component that the SDK imports exists, and no other component does', () => {
  expect(namedExports(components)).toEqual(importedFrom('@tarojs/components'));
});

test('Every function of @tarojs/shared that the SDK imports exists, and no other function does', () => {
  expect(namedExports(shared)).toEqual(importedFrom('@tarojs/shared'));
});

test('Every function of @tarojs/taro that the SDK imports by name exists, and no other function does', () => {
  expect(namedExports(taro)).toEqual(importedFrom('@tarojs/taro'));
});

test('Every member of the default export that the SDK uses on the web exists, and no other member does', () => {
  expect(unique([...Object.keys(taro.default), ...miniProgramOnly])).toEqual(membersOfTaro());
});
