// @vitest-environment happy-dom
/** H4: names of characters mean what tables say, not what an HTML parser says, which a page's Trusted Types forbid. */
import { characterEntities } from 'character-entities';
import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from '../../../../../src/frame/app/markdown/syntax/markdown-document.js';
import { decodeNamedCharacterReference, loadRareCharacters } from '../../../../../src/frame/app/markdown/syntax/named-characters.js';
import { parseMarkdown } from '../../../../../src/frame/app/markdown/syntax/parse-markdown.js';
import { toHtml } from './support/to-html.js';

/** No name of HTML's, so that no table but the given one knows it. */
const CHARACTERS = new Map([['snowperson', '☃']]);

describe('The common names of characters', () => {
  it('are those that answers have, and mean what HTML says', () => {
    const known = Object.keys(characterEntities).filter((name) => decodeNamedCharacterReference(name) !== false);
    expect(known).toEqual(expect.arrayContaining(['amp', 'lt', 'gt', 'quot', 'apos', 'nbsp', 'mdash', 'hellip', 'rarr', 'le']));
    expect(known.length).toBeLessThan(100);
    for (const name of known) expect([name, decodeNamedCharacterReference(name)]).toEqual([name, characterEntities[name]]);
  });

  it.each(['', ' ', 'nosuchname', 'AMPERSAND', 'amp;', 'lt><img src=x', 'constructor', '__proto__', 'toString', '#38', '1', ','])(
    'are not "%s"',
    (name) => expect(decodeNamedCharacterReference(name)).toBe(false),
  );
});

describe('The rare names of characters', () => {
  it.each(['', 'Tom &amp; Jerry &lt; 6 & more; &#35; &;', '&nbsp; & &amp; &copy &x'])('are not loaded for "%s"', async (text) => {
    await expect(loadRareCharacters(text)).resolves.toBeUndefined();
  });

  it('are all of HTML’s, for a text that has one', async () => {
    const characters = await loadRareCharacters('a &Dcaron; b');
    expect(Object.fromEntries(characters ?? [])).toEqual(characterEntities);
  });

  it('stand for their characters wherever CommonMark has references, and nowhere else', () => {
    const show = (markdown: string): string => toHtml(parseMarkdown(markdown, CHARACTERS).children);
    expect(show('a&snowperson;b **&snowperson;** &snowperson &snowpersons; &amp; &#38;')).toBe(
      '<p>a☃b <strong>☃</strong> &amp;snowperson &amp;snowpersons; &amp; &amp;</p>',
    );
    expect(show('[a](/&snowperson; "&snowperson;")')).toBe('<p><a href="/%E2%98%83" title="☃">a</a></p>');
    expect(show('[a]\n\n[a]: /b "&snowperson;"')).toBe('<p><a href="/b" title="☃">a</a></p>');
    expect(show('``` &snowperson;\n&snowperson;\n```')).toBe('<pre><code class="language-☃">&amp;snowperson;\n</code></pre>');
    expect(show('`&snowperson;` \\&snowperson;')).toBe('<p><code>&amp;snowperson;</code> &amp;snowperson;</p>');
  });

  it('stay as they were written without their table', () => {
    expect(toHtml(parseMarkdown('&snowperson;').children)).toBe('<p>&amp;snowperson;</p>');
  });

  it('are known to one text and not to another', () => {
    const first = new MarkdownDocument({ characters: CHARACTERS }).update('&snowperson;', true);
    const second = new MarkdownDocument().update('&snowperson;', true);
    expect([first, second].map((blocks) => toHtml(blocks.map(({ node }) => node)))).toEqual(['<p>☃</p>', '<p>&amp;snowperson;</p>']);
  });
});
