import { expect, test } from 'vitest';
import { parseShortcuts } from '../../../../../src/frame/app/shortcuts/parse-shortcuts.js';

test('A shortcut without an id or without a name is none.', () => {
  expect(parseShortcuts([{ id: '', name: 'x' }, { id: '1' }, null])).toEqual([]);
});

test('A field with choices is a choice, one with none is asked for in words.', () => {
  const components = [
    { name: 'city', type: 'select', options: ['Rome'] },
    { name: 'day', type: 'select' },
    { name: 'photo', type: 'file' },
  ];
  const [shortcut] = parseShortcuts([{ id: '1', name: 'Weather', tool: { type: 'plugin' }, components }]);
  expect(shortcut?.isCommand).toBe(true);
  expect(shortcut?.fields.map(({ kind }) => kind)).toEqual(['select', 'text', 'file']);
});
