/** The style sheet of the frame, as it is built. Many of its selectors contain a class or an icon of the SDK by its name without the hash. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const FRAME = fileURLToPath(new URL('../../dist/frame/', import.meta.url));
const readAll = (ending: string): string =>
  readdirSync(FRAME)
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(FRAME, name), 'utf8'))
    .join('\n');

test('Each class or icon of the SDK that a style of the frame selects exists in the code', () => {
  const code = readAll('.js');
  const names = new Set([...readAll('.css').matchAll(/\[(?:class|src)\*=["']?\\?([\w/-]+)/g)].map(([, name = '']) => name));
  expect(names.size).toBeGreaterThan(20);
  expect([...names].filter((name) => !code.includes(name))).toEqual([]);
});
