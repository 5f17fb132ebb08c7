import { expect, it } from 'vitest';
import { toReadableName } from '../../../../../src/frame/app/conversations/panel/readable-name.js';

it.each([
  ['of several lines is one line', 'Where is\n  my order\t1042?', 'Where is my order 1042?'],
  ['without visible characters is empty', ' \u200b\n', ''],
  [
    'that Coze took from a message with files is the text of the message',
    '[{"type":"text","text":"My \\"old\\" mill"},{"type":"ima',
    'My "old" mill',
  ],
  ['whose text Coze has cut off is what is left of it', '[{"type":"text","text":"Where is my or', 'Where is my or'],
  ['whose text Coze has cut off within a character is shown as it is', '[{"type":"text","text":"caf\\u00', 'caf\\u00'],
  ['of a message with files and no text is empty', '[{"type":"image","file_id":"1"}]', ''],
])('The readable name of a conversation %s', (_, name, readable) => {
  expect(toReadableName(name)).toBe(readable);
});
