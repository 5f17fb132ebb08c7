// @vitest-environment happy-dom
/** H4: character references are resolved by tables, not by an HTML parser, which a page's Trusted Types forbid. */
import { characterEntities } from 'character-entities';
import { describe, expect, it } from 'vitest';
import { decodeNamedCharacterReference } from '../../../../../src/frame/app/markdown/syntax/common-characters.js';
import { findLateParts, NO_LATE_PARTS } from '../../../../../src/frame/app/markdown/syntax/late/late-parts.js';
import type { LateSyntax } from '../../../../../src/frame/app/markdown/syntax/late/late-syntax.js';
import { loadLateSyntax } from '../../../../../src/frame/app/markdown/syntax/late/load-late-syntax.js';
import { rareReferences, rareReferencesFromMarkdown } from '../../../../../src/frame/app/markdown/syntax/late/rare-references.js';
import { MarkdownDocument } from '../../../../../src/frame/app/markdown/syntax/markdown-document.js';
import { parseMarkdown, parseWholeMarkdown } from '../../../../../src/frame/app/markdown/syntax/parse-markdown.js';
import { toHtml } from './support/to-html.js';

/** Not a name of HTML's, so that only the given table contains it. */
const CHARACTERS = new Map([['snowperson', '☃']]);
const SNOW: LateSyntax = { syntax: () => [rareReferences(CHARACTERS)], fromMarkdown: [rareReferencesFromMarkdown(CHARACTERS)] };

describe('Common character names', () => {
  it('The common character names include those that answers use, and mean the same as in HTML', () => {
    const known = Object.keys(characterEntities).filter((name) => decodeNamedCharacterReference(name) !== false);
    expect(known).toEqual(expect.arrayContaining(['amp', 'lt', 'gt', 'quot', 'apos', 'nbsp', 'mdash', 'hellip', 'rarr', 'le']));
    expect(known.length).toBeLessThan(100);
    for (const name of known) expect([name, decodeNamedCharacterReference(name)]).toEqual([name, characterEntities[name]]);
  });

  it.each(['', ' ', 'nosuchname', 'AMPERSAND', 'amp;', 'lt><img src=x', 'constructor', '__proto__', 'toString', '#38', '1', ','])(
    'The string "%s" is not a common character name',
    (name) => expect(decodeNamedCharacterReference(name)).toBe(false),
  );
});

describe('Rare character names', () => {
  it('Every character name of HTML is known once the rare names are loaded', async () => {
    const { syntax, fromMarkdown } = await loadLateSyntax({ hasRareSyntax: false, hasRareCharacters: true });
    const names = Object.keys(characterEntities);
    const blocks = parseMarkdown(names.map((name) => `&${name};`).join('\n\n'), { syntax, fromMarkdown }).children;
    const whitespace = /^[\s\u200b]*$/;
    const expected = names.map((name) => characterEntities[name] ?? '').filter((character) => !whitespace.test(character));
    expect(
      blocks.map((block) => (block.type === 'paragraph' && block.children[0]?.type === 'text' ? block.children[0].value : '')),
    ).toEqual(expect.arrayContaining(expected));
  });

  it('A rare name stands for its character wherever CommonMark has references, and nowhere else', () => {
    const show = (markdown: string): string => toHtml(parseMarkdown(markdown, SNOW).children);
    expect(show('a&snowperson;b **&snowperson;** &snowperson &snowpersons; &amp; &#38;')).toBe(
      '<p>a☃b <strong>☃</strong> &amp;snowperson &amp;snowpersons; &amp; &amp;</p>',
    );
    expect(show('[a](/&snowperson; "&snowperson;")')).toBe('<p><a href="/%E2%98%83" title="☃">a</a></p>');
    expect(show('[a]\n\n[a]: /b "&snowperson;"')).toBe('<p><a href="/b" title="☃">a</a></p>');
    expect(show('``` &snowperson;\n&snowperson;\n```')).toBe('<pre><code class="language-☃">&amp;snowperson;\n</code></pre>');
    expect(show('`&snowperson;` \\&snowperson;')).toBe('<p><code>&amp;snowperson;</code> &amp;snowperson;</p>');
  });

  it('A rare name stays as it was written if its table is not loaded', () => {
    expect(toHtml(parseMarkdown('&snowperson;').children)).toBe('<p>&amp;snowperson;</p>');
  });

  it('The table of rare names that one document uses does not affect another document', () => {
    const first = new MarkdownDocument({ late: SNOW }).update('&snowperson;', true);
    const second = new MarkdownDocument().update('&snowperson;', true);
    expect([first, second].map((blocks) => toHtml(blocks.map(({ node }) => node)))).toEqual(['<p>☃</p>', '<p>&amp;snowperson;</p>']);
  });
});

describe('Syntax that is loaded late', () => {
  it.each([
    '',
    'Tom &amp; Jerry &lt; 6 & more; &#35; &;',
    '&nbsp; & &amp; &copy &x',
    'a [b] [^ c] ^d',
    'a[^]',
    '3 < 4, a <- b',
    '\\* (x) [y]',
  ])('The text "%s" needs no syntax that is loaded late', async (text) => {
    expect(findLateParts(text)).toBe(NO_LATE_PARTS);
    expect((await loadLateSyntax(NO_LATE_PARTS)).syntax(undefined)).toEqual([]);
  });

  it('All late syntax that a text contains is found and loaded', async () => {
    const root = await parseWholeMarkdown('See[^1] &ngE;.\n\n[^1]: The *note*.');
    expect(root.children.map(({ type }) => type)).toEqual(['paragraph', 'footnoteDefinition']);
    expect(findLateParts('See[^1]')).toEqual({ hasRareSyntax: true, hasRareCharacters: false });
    for (const sign of ['$x$', '\\(x\\)', '\\[x\\]', '$$\nx\n$$', 'a<br>b', '</p>', '<!-- a -->', '<?php ?>', '<![CDATA[a]]>'])
      expect(findLateParts(sign)).toEqual({ hasRareSyntax: true, hasRareCharacters: false });
    expect(findLateParts('a &ngE; b')).toEqual({ hasRareSyntax: false, hasRareCharacters: true });
  });

  it('Late syntax is found in a growing text as in the whole text', () => {
    const text = 'A text with a note[^note] and &CounterClockwiseContourIntegral; in it, and more after them.';
    for (let size = 1; size < 40; size++) {
      let parts = NO_LATE_PARTS;
      for (let read = 0; read < text.length; read += size) {
        parts = findLateParts(text.slice(0, read + size), read, parts);
        expect(parts).toEqual(findLateParts(text.slice(0, read + size)));
      }
    }
  });
});
