import fc from 'fast-check';
import { micromark } from 'micromark';
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly';
import { gfmStrikethroughCjkFriendly } from 'micromark-extension-cjk-friendly-gfm-strikethrough';
import { gfmStrikethroughHtml } from 'micromark-extension-gfm-strikethrough';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../../support/runs.js';
import { parse } from './support/parse.js';
import { normalizeHtml, toHtml } from './support/to-html.js';

/** The output of the packages from which the grammar is taken. */
function expectedHtml(markdown: string): string {
  return normalizeHtml(
    micromark(markdown, {
      extensions: [cjkFriendlyExtension(), gfmStrikethroughCjkFriendly({ singleTilde: false })],
      htmlExtensions: [gfmStrikethroughHtml()],
    }),
  );
}

describe('Emphasis beside CJK characters', () => {
  it.each([
    ['**注意：**请先登录。', '<p><strong>注意：</strong>请先登录。</p>'],
    ['含**「重点」**内容，以及**真，**她。', '<p>含<strong>「重点」</strong>内容，以及<strong>真，</strong>她。</p>'],
    ['**이 [링크](https://e.example/)**는', '<p><strong>이 <a href="https://e.example/">링크</a></strong>는</p>'],
    ['これは**「強調」**です', '<p>これは<strong>「強調」</strong>です</p>'],
    ['先*「あ」*後、~~「い」~~後', '<p>先<em>「あ」</em>後、<del>「い」</del>後</p>'],
    ['**`code`**を', '<p><strong><code>code</code></strong>を</p>'],
    ['a**〜**a', '<p>a<strong>〜</strong>a</p>'],
    ['𩸽**（魚）**𩸽', '<p>𩸽<strong>（魚）</strong>𩸽</p>'],
    ['“︁Git”︁**Hub**', '<p>“︁Git”︁<strong>Hub</strong></p>'],
    ['葛󠄀**（こと）**城', '<p>葛󠄀<strong>（こと）</strong>城</p>'],
    ['5~10天，8~12天', '<p>5~10天，8~12天</p>'],
    ['a**"b"**c', '<p>a**"b"**c</p>'],
    ['中**"b"**文', '<p>中<strong>"b"</strong>文</p>'],
  ])('The text %j is rendered as %s', (markdown, html) => {
    expect(toHtml(parse(markdown).children)).toBe(html);
  });

  it('Random text is parsed as by the packages from which the grammar is taken', () => {
    // Without the letters and marks that count as CJK beyond those packages: Thai, quotation marks, dashes, ellipses.
    const character = fc.constantFrom(
      ...'*_~ aб中あ한，。「」（）!".;：©😀ア゙𩸽⿰〽㊗️́'.normalize(),
      '**',
      '~~',
      '***',
      '\ufe0f',
      '葛\u{e0100}',
    );
    fc.assert(
      fc.property(fc.array(character, { minLength: 3, maxLength: 14 }), (characters) => {
        const markdown = `x${characters.join('')}x`;
        expect(toHtml(parse(markdown).children)).toBe(expectedHtml(markdown));
      }),
      { numRuns: runs(3_000) },
    );
  });

  it('Emphasis beside more than 10,000 Unicode characters is parsed as by the packages from which the grammar is taken', () => {
    // White space and variation selectors have tests of their own; letters of scripts unrelated to CJK all behave alike. Thai, Lao, Tibetan,
    // Burmese and Khmer, quotation marks, dashes and ellipses count as CJK beyond those packages.
    const isAddition = /[\u0e00-\u109f\u1780-\u17ff\u2014\u2018-\u201d\u2026]/;
    const isLeftOut =
      /\p{Cn}|\p{Cs}|\p{Co}|\s|\p{M}|(?!\p{Script=Hangul}|\p{Script=Katakana}|\p{Script=Hiragana}|\p{Script=Bopomofo}|\p{Script=Yi})\p{Lo}/u;
    const characters = [0x3400, 0x4dbf, 0x4e00, 0x9fff, 0xf900, 0x17000, 0x18d00, 0x1b170, 0x20000, 0x30000].map((code) =>
      String.fromCodePoint(code),
    );
    for (let code = 0x80; code < 0x20000; code += 1) {
      const character = String.fromCodePoint(code);
      if (!isLeftOut.test(character) && !isAddition.test(character) && !(code > 0xac10 && code < 0xd700)) characters.push(character);
    }
    expect(characters.length).toBeGreaterThan(10_000);
    let emphasised = 0;
    for (let from = 0; from < characters.length; from += 40) {
      // Marks around a quotation mark depend on a letter outside of them, and marks beside a letter on a sign inside of them.
      const lines = characters
        .slice(from, from + 40)
        .map((character) => (/[\p{P}\p{S}]/u.test(character) ? `a**${character}**a` : `${character}**"b"**${character}`));
      const html = toHtml(parse(lines.join('\n\n')).children);
      expect(html).toBe(expectedHtml(lines.join('\n\n')));
      emphasised += html.split('<strong>').length - 1;
    }
    // Otherwise the characters would make no difference in these lines.
    expect(emphasised).toBeGreaterThan(2_000);
    expect(emphasised).toBeLessThan(characters.length - 2_000);
  });
});
