// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { toSpokenText } from '../../../../../src/frame/app/bridge/spoken-text.js';
import type * as MarkdownParts from '../../../../../src/frame/app/markdown/markdown-parts.js';

afterEach(() => {
  vi.doUnmock('../../../../../src/frame/app/markdown/markdown-parts.js');
  vi.resetModules();
});

test.each([
  ['plain text', 'You said: 2 * 3 = 6', 'You said: 2 * 3 = 6.'],
  ['emphasis', 'Text can be **bold**, *slanted*, ~~struck out~~ or `code`.', 'Text can be bold, slanted, struck out or code.'],
  ['names with underscores', 'Set session_name and user_id.', 'Set session_name and user_id.'],
  ['a heading and a quote', '## Prices\n\n> From today', 'Prices. From today.'],
  ['a list', '1. One\n2. Two\n   - half\n   - whole', 'One. Two. half. whole.'],
  ['a table', '| Name | Sees |\n| --- | :---: |\n| Alice | hers |', 'Name, Sees. Alice, hers.'],
  ['a code block', '```js\nconst a = 1;\n```', 'const a = 1;'],
  ['a link and a picture', '[The manual](https://example.com/a_b) ![Hills](https://example.com/x.png)', 'The manual Hills.'],
  ['a rule across the page', 'Above\n\n---\n\nBelow', 'Above. Below.'],
])('An answer with %s is announced as a person would read it aloud', async (_, markdown, spoken) => {
  expect(await toSpokenText(markdown)).toBe(spoken);
});

test('An answer is announced as it was written where the parser cannot be loaded', async () => {
  vi.resetModules();
  vi.doMock('../../../../../src/frame/app/markdown/markdown-parts.js', () => {
    throw new Error('offline');
  });
  const { toSpokenText: toOfflineText } = await import('../../../../../src/frame/app/bridge/spoken-text.js');
  expect(await toOfflineText('**Hello**')).toBe('**Hello**');
});

test('Of an answer of 10 MB only the beginning is parsed and announced', async () => {
  const parsed: string[] = [];
  vi.resetModules();
  vi.doMock('../../../../../src/frame/app/markdown/markdown-parts.js', async (importOriginal) => {
    const parts = await importOriginal<typeof MarkdownParts>();
    return { ...parts, parseWholeMarkdown: (text: string) => (parsed.push(text), parts.parseWholeMarkdown(text)) };
  });
  const { toSpokenText: toWatchedText } = await import('../../../../../src/frame/app/bridge/spoken-text.js');
  const spoken = await toWatchedText(`${'word '.repeat(100)}\n\n`.repeat(20_000));
  expect(spoken).toMatch(/^(?:word\.? ){300,}word\.?…$/);
  expect(parsed).toEqual([expect.stringMatching(/^(?:word |\n)+$/)]);
  expect(parsed[0]?.length).toBeLessThanOrEqual(16_000);
});
