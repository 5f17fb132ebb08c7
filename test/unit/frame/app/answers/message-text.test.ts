import { expect, test } from 'vitest';
import { getQuote, getText } from '../../../../../src/frame/app/answers/message-text.js';

const message = (content: string) => ({ content_type: 'object_string', content }) as const;

test.each([
  ['[{"type":"image","file_id":"1"},{"type":"text","text":"look"}]', 'look'],
  ['[{"type":"image","file_id":"1"}]', ''],
  ['[not JSON', ''],
  ['look', ''],
])('The text of the message %s is "%s"', (content, text) => {
  expect(getText(message(content))).toBe(text);
});

test('The quote in a message is not part of its text', () => {
  const quoting = message('[{"type":"text","text":"why?"},{"type":"text","text":"It is so.","is_refer":true}]');
  expect([getText(quoting), getQuote(quoting)]).toEqual(['why?', 'It is so.']);
});
