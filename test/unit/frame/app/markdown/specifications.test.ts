import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { parse } from './support/parse.js';
import { COMMONMARK_EXAMPLES, COMMONMARK_EXCEPTIONS, GFM_SOURCES } from './support/specifications.js';
import { normalizeHtml, toHtml } from './support/to-html.js';

describe('CommonMark', () => {
  it.each(COMMONMARK_EXAMPLES.filter(({ number }) => !(number in COMMONMARK_EXCEPTIONS)))(
    'Example $number ($section) of CommonMark has the structure that the specification gives',
    ({ markdown, html }) => {
      expect(toHtml(parse(markdown).children)).toBe(normalizeHtml(html));
    },
  );

  it('Fewer than one in a hundred examples of CommonMark differ on purpose', () => {
    expect(Object.keys(COMMONMARK_EXCEPTIONS).length / COMMONMARK_EXAMPLES.length).toBeLessThan(0.01);
  });

  it.each(Object.entries(COMMONMARK_EXCEPTIONS))('Example %s of CommonMark still differs from the specification: %s', (number) => {
    const example = COMMONMARK_EXAMPLES[Number(number) - 1];
    expect(toHtml(parse(example?.markdown ?? '').children)).not.toBe(normalizeHtml(example?.html ?? ''));
  });
});

describe('GFM', () => {
  it.each(GFM_SOURCES)('The text %j has the structure that GFM specifies', (source) => {
    const html = micromark(source, { allowDangerousHtml: true, extensions: [gfm({ singleTilde: false })], htmlExtensions: [gfmHtml()] });
    // The expected checkboxes have their attributes in another order.
    const normal = (text: string): string => text.replace(/<input [^>]*>/g, (box) => (box.includes('checked') ? '[x]' : '[ ]'));
    expect(normal(toHtml(parse(source).children))).toBe(normal(normalizeHtml(html)));
  });
});
