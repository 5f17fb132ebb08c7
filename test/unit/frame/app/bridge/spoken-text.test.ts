import { expect, test } from 'vitest';
import { markdownToSpeech } from '../../../../../src/frame/app/bridge/spoken-text.js';

test.each([
  ['plain text', 'You said: 2 * 3 = 6', 'You said: 2 * 3 = 6'],
  ['emphasis', 'Text can be **bold**, *slanted*, ~~struck out~~ or `code`.', 'Text can be bold, slanted, struck out or code.'],
  ['names with underscores', 'Set session_name and user_id.', 'Set session_name and user_id.'],
  ['a heading and a quote', '## Prices\n\n> From today', 'Prices From today'],
  ['a list', '1. One\n2. Two\n   - half\n   - whole', '1. One 2. Two half whole'],
  ['a table', '| Name | Sees |\n| --- | :---: |\n| Alice | hers |', 'Name Sees Alice hers'],
  ['a code block', '```js\nconst a = 1;\n```', 'const a = 1;'],
  ['a link and a picture', '[The manual](https://example.com/a_b) ![Hills](https://example.com/x.png)', 'The manual Hills'],
  ['a rule across the page', 'Above\n\n---\n\nBelow', 'Above Below'],
])('%s is read as one would read it out', (_, markdown, spoken) => {
  expect(markdownToSpeech(markdown)).toBe(spoken);
});
