// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { admit, MAX_FILES } from '../../../../../src/frame/app/composer/attachments/admit.js';
import { formatSize } from '../../../../../src/frame/app/composer/attachments/format-size.js';
import { strings } from '../../../../../src/locales/translations/en.js';

const MB = 1024 * 1024;
/** A file that claims a size, whatever its content. */
const fileOf = (name: string, size = 1, type = ''): File => Object.defineProperty(new File(['x'], name, { type }), 'size', { value: size });
const namesOf = (files: readonly File[]): string[] => files.map(({ name }) => name);

test.each([
  ['a.pdf', 1, ''],
  ['PLAN.DOCX', 1, ''],
  ['film.mkv', 512 * MB, ''],
  ['no-extension', 1, 'image/png'],
  ['notes', 1, 'text/plain'],
])('A file named %s of %i bytes is accepted', (name, size, type) => {
  expect(admit([fileOf(name, size, type)], 0, strings)).toEqual({ admitted: [expect.anything()], refusals: [] });
});

test.each([
  ['a.pdf', 0, '', 'a.pdf (0 B): This file cannot be used.'],
  ['a.pdf', 512 * MB + 1, '', 'a.pdf (512 MB > 512 MB): This file is too large.'],
  ['film.mp4', 600 * MB, 'video/mp4', 'film.mp4 (600 MB > 512 MB): This file is too large.'],
  ['setup.exe', 1, 'application/x-msdownload', 'setup.exe: This file cannot be used.'],
  ['logo.svg', 1, 'image/svg+xml', 'logo.svg: This file cannot be used.'],
  ['no-extension', 1, '', 'no-extension: This file cannot be used.'],
  ['$&.exe', 1, '', '$&.exe: This file cannot be used.'],
])('A file named %s of %i bytes is refused with a sentence that gives the reason', (name, size, type, sentence) => {
  expect(admit([fileOf(name, size, type)], 0, strings)).toEqual({ admitted: [], refusals: [sentence] });
});

test('Of more than six files the first six are accepted, and a refused file between them does not count', () => {
  const files = ['1.txt', 'x.exe', '2.txt', '3.txt', '4.txt'].map((name) => fileOf(name));
  const { admitted, refusals } = admit(files, MAX_FILES - 3, strings);
  expect(namesOf(admitted)).toEqual(['1.txt', '2.txt', '3.txt']);
  expect(refusals).toEqual(['x.exe: This file cannot be used.', '4.txt: 6 files at most.']);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 kB'],
  [150 * 1024, '150 kB'],
  [1.5 * MB, '1.5 MB'],
  [2048 * MB, '2.0 GB'],
])('A size of %i bytes is displayed as %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});
