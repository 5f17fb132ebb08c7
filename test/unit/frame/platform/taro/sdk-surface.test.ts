/** What the pinned SDK takes from Taro, read from its source, against what the layer has. A new SDK version that wants more fails here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sdk = 'node_modules/@coze/chat-sdk/dist/lib-source/src';
const layer = 'src/frame/platform/taro';

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

const sources = readdirSync(sdk, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.js'))
  .map((path) => readFileSync(join(sdk, path), 'utf8'));

/** Names in `import { … } from '<module>'` anywhere in the SDK. */
function importedFrom(module: string): string[] {
  const names = sources.flatMap((source) =>
    [...source.matchAll(new RegExp(`import (?:\\w+, )?\\{([^}]+)\\} from '${module}'`, 'g'))].flatMap(([, list = '']) => list.split(',')),
  );
  return unique(names.map((name) => name.trim().split(' as ')[0] ?? '').filter(Boolean));
}

/** Names in `Taro.…`, the default import. */
function membersOfTaro(): string[] {
  return unique(
    sources.flatMap((source) => [...source.matchAll(/(?<!\w)Taro(?:\.| === [^:]+: Taro\.)(\w+)/g)].map(([, name = '']) => name)),
  );
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

function exportedBy(path: string): string[] {
  const source = readFileSync(join(layer, path), 'utf8');
  return unique(
    [...source.matchAll(/export (?:const (\w+)|\{([^}]+)\})/g)]
      .flatMap(([, name, list]) => name ?? (list ?? '').split(','))
      .map((name) => name.trim()),
  );
}

function defaultMembers(): string[] {
  const [, list = ''] = /export default \{([^}]+)\}/.exec(readFileSync(join(layer, 'api/index.ts'), 'utf8')) ?? [];
  return list.split(',').map((name) => name.trim());
}

test('every component the SDK imports exists, and none more', () => {
  expect(exportedBy('components/index.ts')).toEqual(importedFrom('@tarojs/components'));
});

test('every guard the SDK imports exists, and none more', () => {
  expect(exportedBy('shared.ts')).toEqual(importedFrom('@tarojs/shared'));
});

test('every call the SDK imports by name exists, and none more', () => {
  expect(exportedBy('api/index.ts')).toEqual(importedFrom('@tarojs/taro'));
});

test('every member of the default export the SDK uses on the web exists, and none more', () => {
  expect(unique([...defaultMembers(), ...miniProgramOnly].filter(Boolean))).toEqual(membersOfTaro());
});
