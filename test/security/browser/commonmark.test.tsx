/** H4: every example of CommonMark's specification keeps its text. */
import { expect, test, vi } from 'vitest';
import { MdStream } from '../../../src/frame/app/sdk/overrides/md-stream.js';
import { render } from '../../browser/frame/platform/taro/components/render.js';
import { examples, hasDefinition, toVisibleWords, toWords } from '../../support/commonmark.js';

/**
 * Examples with character references from the late table: the development server has two copies of the module that uses it.
 * `test/security/e2e` tests the built one.
 */
const RARE_NAMES = 25;

test('Every example of CommonMark is shown with all its words', { timeout: 60_000 }, async () => {
  const { container } = render(
    <>
      {examples.map(({ number, markdown }) => (
        <section key={number}>
          <MdStream markdown={markdown} isFinish />
        </section>
      ))}
    </>,
  );
  await vi.waitFor(() => expect(container.querySelectorAll('section .md')).toHaveLength(examples.length), 30_000);
  const findLost = (): readonly string[] =>
    [...container.querySelectorAll('section')].flatMap((section, index) => {
      const example = examples[index];
      if (example === undefined || hasDefinition(example) || example.number === RARE_NAMES) return [];
      const alternatives = [...section.querySelectorAll('img')].map(({ alt }) => alt);
      const shown = new Set(toWords([section.innerText, ...alternatives].join(' ')));
      const missing = example.html.includes('<img') ? [] : toVisibleWords(example).filter((each) => !shown.has(each));
      return missing.length === 0 ? [] : [`${example.number}: ${missing.join(' ')}`];
    });
  await vi.waitFor(() => expect(findLost()).toEqual([]), 30_000);
});
