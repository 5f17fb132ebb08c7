import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../../../../src/frame/app/markdown/syntax/to-plain-text.js';
import { MAX_SPOKEN_CHARACTERS, toSpeech } from '../../../../../src/frame/app/markdown/syntax/to-speech.js';
import { parse } from './support/parse.js';

describe('Text that is read aloud', () => {
  it.each([
    ['**Note:** see [the guide](https://e.example/a_b)', 'Note: see the guide.'],
    ['# Title\n\nText.', 'Title. Text.'],
    ['- one\n- two!\n  - three', 'one. two! three.'],
    ['| Name | Price |\n|---|--:|\n| A | $5 |\n| | $6 |', 'Name, Price. A, $5. $6.'],
    ['![A cat](cat.png)', 'A cat.'],
    ['a<br>b &amp; c', 'a b & c.'],
    ['`npm i` \\*literally\\* snake_case 2*3', 'npm i *literally* snake_case 2*3.'],
    ['```js\nlet a = 1;\n```', 'let a = 1;'],
    ['---\n\n~~old~~ new[^1]\n\n[^1]: A note', 'old new. A note.'],
    ['请看**「重点」**。\n\n好', '请看「重点」。 好.'],
    ['<b>bold</b>', 'bold.'],
    ['<div>\nshown as text\n</div>\n\n<!-- as\nthis is -->', 'shown as text.'],
    ['[a]: /b', ''],
  ])('The answer %j is read aloud as %j', (markdown, spoken) => {
    expect(toSpeech(parse(markdown))).toBe(spoken);
    expect(toSpeech(parse(markdown).children)).toBe(spoken);
  });

  it.each([
    ['words', 'word '.repeat(4_000)],
    ['one word', 'w'.repeat(20_000)],
    ['characters of two units', '😀'.repeat(10_000)],
    ['paragraphs', 'word\n\n'.repeat(2_000)],
    ['underscores', `${'_'.repeat(4_000)}.`],
  ])('Text that is too long to be read aloud is cut between two characters: %s', (_, markdown) => {
    const spoken = toSpeech(parse(markdown));
    expect(spoken.length).toBeLessThanOrEqual(MAX_SPOKEN_CHARACTERS);
    expect(spoken.length).toBeGreaterThan(MAX_SPOKEN_CHARACTERS - 110);
    expect(spoken).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });
});

describe('Text that is copied', () => {
  it.each([
    ['**a** [b](https://e.example)', 'a b'],
    ['# T\n\np<br>q', 'T\n\np\nq'],
    ['5. a\n6. b\n   - c', '5. a\n6. b\n   • c'],
    ['- [x] a\n- [ ] b\n- (x) c', '• ☑ a\n• ☐ b\n• ☑ c'],
    ['| a | b |\n|---|---|\n| c | **d** e |', 'a\tb\nc\td e'],
    ['```\nx\n  y\n```', 'x\n  y'],
    ['> q\n\nr[^n]\n\n[^n]: s', 'q\n\nr[n]\n\n[n] s'],
    ['$x$ ![alt](u)', 'x alt'],
  ])('The answer %j is copied as the text %j', (markdown, text) => {
    expect(toPlainText(parse(markdown))).toBe(text);
  });
});
