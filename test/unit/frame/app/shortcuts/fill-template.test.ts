import { expect, test } from 'vitest';
import { fillTemplate, toCommand } from '../../../../../src/frame/app/shortcuts/form/fill-template.js';

const shortcut = { id: '1', name: 'Weather', template: 'How is it in {{city}} {{ when }}{{nobody}}?', isCommand: false };
const values = { city: { text: '$& Rome' }, when: { text: 'today' }, photo: { text: 'a.png', file: { id: '76', isPicture: true } } };

test('A filled template has the values of its fields unchanged; if it is empty, the name of the shortcut replaces it', () => {
  expect(fillTemplate(shortcut, values)).toBe('How is it in $& Rome today?');
  expect(fillTemplate({ name: 'Weather', template: '{{x}}' }, {})).toBe('Weather');
});

test('toCommand() returns a list of items for each field, and nothing for a shortcut without a command', () => {
  expect(toCommand(shortcut, values)).toBeUndefined();
  expect(toCommand({ ...shortcut, isCommand: true }, values)).toEqual({
    command_id: '1',
    parameters: {
      city: '[{"type":"text","text":"$& Rome"}]',
      when: '[{"type":"text","text":"today"}]',
      photo: '[{"type":"image","file_id":"76"}]',
    },
  });
});
