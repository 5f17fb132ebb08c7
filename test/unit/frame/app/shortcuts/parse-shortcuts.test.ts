import { expect, test } from 'vitest';
import { parseShortcuts } from '../../../../../src/frame/app/shortcuts/parse-shortcuts.js';

test('A shortcut without an id or a name is ignored', () => {
  expect(parseShortcuts([{ id: '', name: 'x' }, { id: '1' }, null])).toEqual([]);
});

test('A select field with options stays one, and a select field without options becomes a text field', () => {
  const components = [
    { name: 'city', type: 'select', options: ['Rome'] },
    { name: 'day', type: 'select' },
    { name: 'photo', type: 'file' },
  ];
  const [shortcut] = parseShortcuts([{ id: '1', name: 'Weather', tool: { type: 'plugin' }, components }]);
  expect(shortcut?.isCommand).toBe(true);
  expect(shortcut?.fields.map(({ kind }) => kind)).toEqual(['select', 'text', 'file']);
});
