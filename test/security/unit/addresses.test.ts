/** H2, M1: the validation of URLs from the bot, the API or an option. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isOwnBlob,
  parseLink,
  parsePictureHost,
  type PictureRules,
  pictureSources,
  resolveOption,
  validatePicture,
} from '../../../src/core/address.js';
import { runs } from '../../support/runs.js';

const PAGE = 'https://shop.example';
const API = 'http://127.0.0.1:4310';
const ASSETS = `${PAGE}/coze-chat-embed/frame/assets/`;

const rulesFor = (changes: Partial<PictureRules> & { readonly hosts?: readonly string[] } = {}): PictureRules => ({
  pageOrigin: PAGE,
  sources: pictureSources(API, changes.hosts ?? [], changes.pageOrigin ?? PAGE),
  named: [],
  assetsUrl: ASSETS,
  ...changes,
});
const actionFor = (text: unknown, changes?: Parameters<typeof rulesFor>[0]): string => validatePicture(text, rulesFor(changes)).action;

/** Characters that browsers drop from a URL before parsing it. */
const ignored = fc.constantFrom('\t', '\n', '\r');
/** The text with ignored characters anywhere, its scheme in mixed case, and spaces and control characters around it. */
const spelledOtherwise = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(text.length), ignored), { maxLength: 5 }),
      fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }),
      fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\0', '\u001f'), maxLength: 3 }),
    )
    .map(([insertions, upper, around]) => {
      const end = text.indexOf(':');
      const letters = [...text].map((letter, index) => (index < end && upper[index] === true ? letter.toUpperCase() : letter));
      for (const [at, character] of insertions) letters.splice(at, 0, character);
      return around + letters.join('') + around;
    });

const path = fc.webPath().map((written) => written || '/logout');
/** The page's own URL in other spellings. */
const ownAddress = fc
  .tuple(
    fc.constantFrom(
      'https://shop.example',
      'https://SHOP.Example',
      'https:\\\\shop.example',
      'https:/shop.example',
      'https:shop.example',
      'https:////shop.example',
      'https://shop.example:443',
      'https://shop.example.',
      'https://shop%2Eexample',
      'https://ｓｈｏｐ.example',
      'https://shop。example',
      'https://sh\u00adop.example',
      'http://shop.example',
      'http://shop.example:443',
      'https://shop.example:80',
    ),
    path,
  )
  .chain(([origin, rest]) => spelledOtherwise(origin + rest));

describe('Address of a link', () => {
  it.each(['https://example.com/a', 'http://example.com/', 'mailto:help@example.com', 'tel:+4912345'])(
    'The link %s is followed',
    (text) => {
      expect(parseLink(text)).toBe(text);
    },
  );

  it('No relative address is followed, however it is spelled', () => {
    const relative = fc.oneof(
      fc.webPath(),
      fc.constantFrom(
        '',
        '#',
        '?a',
        '//evil.example/',
        '\\\\evil.example\\',
        '/\\evil.example',
        '\\/evil.example',
        '../logout',
        '.',
        'page.html',
      ),
    );
    fc.assert(fc.property(relative, (text) => void expect(parseLink(text)).toBeUndefined()));
  });

  it('No address with an unsafe scheme is followed, however it is spelled', () => {
    const scheme = fc.constantFrom(
      'javascript',
      'data',
      'vbscript',
      'blob',
      'file',
      'filesystem',
      'about',
      'view-source',
      'ws',
      'intent',
      'jar',
    );
    const hostile = fc.tuple(scheme, fc.string()).chain(([name, rest]) => spelledOtherwise(`${name}:${rest}`));
    fc.assert(
      fc.property(hostile, (text) => void expect(parseLink(text)).toBeUndefined()),
      { numRuns: runs(1_000) },
    );
  });

  it('A link with a user name or a password in front of its host is not followed', () => {
    fc.assert(
      fc.property(fc.webAuthority({ withUserInfo: true }), path, (authority, rest) => {
        const link = parseLink(`https://${authority}${rest}`);
        expect(link === undefined || !/^https:\/\/[^/]*@/.test(link)).toBe(true);
      }),
    );
    expect(parseLink('https://bank.example@evil.example/')).toBeUndefined();
  });

  it('An address leads to the same host on every page', () => {
    const spelled = fc.constantFrom('https:logout', 'https:/logout', 'https:\\logout', 'HTTPS:logout').chain(spelledOtherwise);
    fc.assert(
      fc.property(spelled, (text) => {
        const link = parseLink(text) ?? '';
        expect(new URL(link, `${PAGE}/cart`).href).toBe(link);
        expect(new URL(link).hostname).toBe('logout');
      }),
    );
  });

  it.each([undefined, null, 7, {}, ['https://example.com/']])('The value %o is no link', (value) =>
    expect(parseLink(value)).toBeUndefined(),
  );
});

describe('Address of a picture', () => {
  it.each([
    `${API}/assets/hills.svg`,
    'https://s.coze.cn/t/abc/',
    'https://p3-bot-workflow-sign.byteimg.com/a.png?x-signature=b',
    'https://p16-bot-sign-sg.ciciai.com/a',
    'https://lf16-alice-tos-sign.oceanapi-i18n.com/a',
    'https://lf6-appstore-sign.oceancloudapi.com/a',
    `blob:${PAGE}/3b2c`,
    `${ASSETS}coze-logo-Ab_d-9x.png`,
  ])('The picture %s is loaded without a question', (text) =>
    expect(validatePicture(text, rulesFor())).toEqual({ action: 'load', url: text }),
  );

  it('A picture of a host that is not allowed waits for the visitor, who reads the name of the host', () => {
    expect(validatePicture('https://evil.example:8443/b?q=1', rulesFor())).toEqual({
      action: 'ask',
      url: 'https://evil.example:8443/b?q=1',
      host: 'evil.example:8443',
    });
    expect(validatePicture('https://bücher.example/', rulesFor())).toMatchObject({ host: 'xn--bcher-kva.example' });
    fc.assert(fc.property(fc.webUrl({ validSchemes: ['https'] }), (url) => void expect(actionFor(url)).not.toBe('load')));
  });

  it.each([
    'https://evilbyteimg.com/a',
    'https://byteimg.com.evil.example/a',
    'https://byteimg.com/a',
    'https://a.byteimg.com:8443/a',
    'https://a.byteimg.com@evil.example/',
    'http://a.byteimg.com/a',
    'http://127.0.0.1:4311/a',
    'https://xn--bytimg-9ra.com/a',
  ])('The address %s is not recognised as one of Coze or of the API', (text) => expect(actionFor(text)).not.toBe('load'));

  it('A picture of the page’s own host is never loaded, however its address is spelled', () => {
    fc.assert(
      fc.property(ownAddress, (text) => {
        const verdict = validatePicture(text, rulesFor({ hosts: ['https://shop.example', 'http://shop.example', 'https://*.example'] }));
        // Some spellings lead to another host.
        const isOwn = /^https?:\/\/shop\.example\.?(?::(?:443|80))?\//.test(verdict.action === 'refuse' ? `${PAGE}/` : verdict.url);
        expect(isOwn && verdict.action !== 'refuse').toBe(false);
      }),
      { numRuns: runs(2_000) },
    );
    for (const text of [
      'https://shop.example./',
      'http://shop.example/',
      'https:shop.example',
      'https:\\\\shop.example/x',
      'https://shop。example/',
    ])
      expect(actionFor(text), text).toBe('refuse');
  });

  it('A picture of the API is never loaded if the API has the page’s own host', () => {
    expect(pictureSources(`${PAGE}/coze`, [], PAGE)).not.toContain(PAGE);
    expect(actionFor(`${PAGE}/coze/files/1.png`, { sources: pictureSources(`${PAGE}/coze`, [], PAGE) })).toBe('refuse');
  });

  it('A picture with a relative address or another scheme is refused', () => {
    const schemes = fc.constantFrom('javascript', 'data', 'vbscript', 'blob', 'file', 'filesystem', 'about', 'ftp', 'mailto', 'cid');
    const hostile = fc.oneof(
      fc.tuple(schemes, fc.string()).chain(([name, rest]) => spelledOtherwise(`${name}:${rest}`)),
      fc
        .tuple(fc.constantFrom('', '/', '//', '\\\\', '/\\', './', '../', '?', '#'), path)
        .map(([start, rest]) => start + rest.replace(/^[^:]*:/, '')),
    );
    fc.assert(
      fc.property(hostile, (text) => void expect(actionFor(text)).toBe('refuse')),
      { numRuns: runs(2_000) },
    );
  });

  it.each(['blob:https://evil.example/1', `blob:${PAGE}.evil.example/1`, `BLOB:${PAGE}/1`, 'blob:null/1', 'blob:'])(
    'The address %s is not accepted as a blob of the page',
    (text) => {
      expect(isOwnBlob(text, PAGE)).toBe(false);
      expect(actionFor(text)).toBe('refuse');
    },
  );

  it('A picture of the package is refused unless it has a plain name in the folder of assets', () => {
    const names = ['../logout', '..%2flogout', '%2e%2e/logout', 'a/b.png', 'a.png?b', 'a.png#b', 'logout', '', '.', '..%5clogout'];
    for (const name of names) expect(actionFor(ASSETS + name), name).toBe('refuse');
  });

  it('A picture that an option names is loaded from any host, and no other picture of that host', () => {
    const named = [resolveOption('/me.png?size=2', `${PAGE}/cart`) ?? '', 'https://cdn.example/bot.png'];
    for (const url of named) expect(actionFor(url, { named })).toBe('load');
    expect(actionFor(`${PAGE}/me.png?size=3`, { named })).toBe('refuse');
    expect(actionFor('https://cdn.example/other.png', { named })).toBe('ask');
  });

  it('A picture over plain http is neither loaded nor offered, except from this machine', () => {
    expect(actionFor('http://evil.example/a')).toBe('refuse');
    expect(actionFor('http://localhost:9/a')).toBe('ask');
    expect(actionFor('http://192.168.1.9:8080/a', { hosts: ['http://192.168.1.9:8080'] })).toBe('load');
  });

  it('A picture that is loaded or offered has an absolute address that every page reads alike', () => {
    const anything = fc.oneof(fc.string(), fc.webUrl(), ownAddress, fc.webUrl().chain(spelledOtherwise));
    fc.assert(
      fc.property(anything, (text) => {
        const verdict = validatePicture(text, rulesFor({ hosts: ['https://*.example.com'] }));
        if (verdict.action === 'refuse') return;
        expect(new URL(verdict.url, `${PAGE}/a/b`).href).toBe(verdict.url);
      }),
      { numRuns: runs(2_000) },
    );
  });
});

describe('Host of pictures', () => {
  it.each([
    ['images.example.com', 'https://images.example.com'],
    ['*.example.com', 'https://*.example.com'],
    ['https://Images.Example.com/', 'https://images.example.com'],
    ['images.example.com:443', 'https://images.example.com'],
    ['images.example.com:8443', 'https://images.example.com:8443'],
    ['http://192.168.1.9:8080', 'http://192.168.1.9:8080'],
    ['localhost:8080', 'http://localhost:8080'],
    ['bücher.example', 'https://xn--bcher-kva.example'],
  ])('The host %s becomes the source %s, which is parsed to itself', (text, source) => {
    expect(parsePictureHost(text)).toBe(source);
    expect(parsePictureHost(source)).toBe(source);
  });

  it.each([
    '',
    '*',
    '*.',
    '*.com',
    '*.127.0.0.1',
    'https:',
    'data:',
    'https://a.example/path',
    'a.example;b',
    "'self'",
    'a b',
    'user@a.example',
    'ftp://a.example',
    'a.*.example',
    '%2A',
    'a.example%3Bscript-src',
    'a.example%2C%27self%27',
    '[::1]',
  ])('The text %j is no host of pictures', (text) => expect(parsePictureHost(text)).toBeUndefined());

  it('A host of pictures never adds more than one host to a policy', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webAuthority(), fc.domain(), fc.string().map(percentEncode)), (text) => {
        const source = parsePictureHost(text);
        expect(source === undefined || /^https?:\/\/(\*\.)?[^\s;,'"*/]+$/.test(source)).toBe(true);
      }),
      { numRuns: runs(2_000) },
    );
  });
});

describe('Address in an option', () => {
  it('A relative address in an option becomes absolute', () => {
    expect(resolveOption('/terms', `${PAGE}/cart`)).toBe(`${PAGE}/terms`);
  });

  it.each(['javascript:alert(1)', 'data:image/png,1', 'blob:https://shop.example/1', 'https://user@shop.example/', 'https://'])(
    'The address %s in an option is refused',
    (text) => {
      expect(resolveOption(text, PAGE)).toBeUndefined();
    },
  );
});

/** Encodes every character, even plain letters. */
function percentEncode(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
