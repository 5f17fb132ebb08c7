/** Compares CONTRIBUTING.md's map with the folders. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAX_FILES = 16;

const rows = [...readFileSync(`${ROOT}CONTRIBUTING.md`, 'utf8').matchAll(/^\| `(src\/[^`]+\/)` +\| (.+?) +\|$/gm)].map(
  ([, folder = '', sentence = '']) => ({
    folder,
    sentence,
  }),
);
const rooms = listRooms('src/');

test('The map has a row for each folder of src/ that holds code, and for no other', () => {
  expect(rows.map(({ folder }) => folder).sort()).toEqual([...rooms].sort());
});

test.each(rows)('The map describes $folder in one sentence', ({ sentence }) => {
  expect(sentence).toMatch(/^\S.+\.$/);
});

test.each(rooms)('The folder %s has at most 16 code files', (room) => {
  expect(codeFiles(room).length).toBeLessThanOrEqual(MAX_FILES);
});

function listRooms(folder: string): readonly string[] {
  const below = readdirSync(`${ROOT}${folder}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => listRooms(`${folder}${name}/`));
  return codeFiles(folder).length === 0 || folder === 'src/' ? below : [folder, ...below];
}

function codeFiles(folder: string): readonly string[] {
  return readdirSync(`${ROOT}${folder}`).filter((name) => /\.(?:tsx?|mjs|css)$/.test(name));
}
