/** M4: markup alone cannot make the page load the chat's code from another origin. */
import { expect, test } from 'vitest';
import { frameAssets, type FrameAssetsOptions } from '../../../src/element/chat/frame-assets.js';

const PAGE = 'https://shop.example/blog/post';
const SCRIPT = 'https://cdn.example/coze-chat-embed/chat-controller.js';

function assetsOf(frameSrc: unknown, changes: Partial<FrameAssetsOptions> = {}) {
  return frameAssets({
    frameSrc,
    attributes: [{ localName: 'frame-src', value: String(frameSrc) }],
    nonce: undefined,
    baseUrl: PAGE,
    pageUrls: [PAGE, 'https://shop.example'],
    scriptUrl: SCRIPT,
    ...changes,
  });
}

const ELSEWHERE = [
  'https://evil.example/',
  '//evil.example/chat',
  '\\\\evil.example\\',
  'http://shop.example/',
  'https://shop.example:8443/',
  'https://shop.example.evil.example/',
  'https://shop.example@evil.example/',
  'https://sub.shop.example/',
  'ftp://shop.example/',
  'file:///chat/',
];

test.each(ELSEWHERE)('The attribute "%s" names another origin and is a configuration error that says what to do', (value) => {
  expect(assetsOf(value)).toEqual({
    ok: false,
    error: {
      code: 'invalid_configuration',
      message: expect.stringMatching(/^<coze-chat>: frame-src, as an attribute, cannot name another origin .* chat\.frameSrc = '…'\.$/),
      retryable: false,
    },
  });
});

test.each(['data:text/javascript,alert(1)//', 'javascript:alert(1)//', 'blob:https://shop.example/1', 'about:blank', 'https://'])(
  'The URL "%s" is rejected as a folder of files, by attribute and by property',
  (value) => {
    const refused = { ok: false, error: { code: 'invalid_configuration', message: '<coze-chat>: frame-src is not an http(s) URL.' } };
    expect(assetsOf(value)).toMatchObject(refused);
    expect(assetsOf(value, { attributes: [] })).toMatchObject(refused);
  },
);

test.each([
  ['/chat/', 'https://shop.example/chat/'],
  ['https://shop.example/chat', 'https://shop.example/chat/'],
  ['https://cdn.example/other/', 'https://cdn.example/other/'],
])('The attribute "%s" is accepted, because its origin is the page’s or that of our own script', (value, folder) => {
  expect(assetsOf(value)).toMatchObject({ ok: true, value: { folder } });
});

test('The property may name any origin, as text or as a TrustedScriptURL beside an attribute with the same URL', () => {
  const url = 'https://static.example/chat/';
  const trusted = { toString: () => url };
  expect(assetsOf(url, { attributes: [] })).toMatchObject({ ok: true, value: { folder: url } });
  expect(assetsOf(trusted)).toMatchObject({ ok: true, value: { folder: url } });
});

test('An attribute frame-src in any namespace counts as one', () => {
  const attributes = [{ localName: 'frame-src', value: 'https://evil.example/' }];
  expect(assetsOf('https://evil.example/', { attributes })).toMatchObject({ ok: false });
});

test('A base element that names another origin does not make it the page’s origin', () => {
  expect(assetsOf('/chat/', { baseUrl: 'https://evil.example/' })).toMatchObject({ ok: false });
});

test('A page with its own scheme and a page in a srcdoc frame have an origin, too', () => {
  const app = 'capacitor://localhost/index.html';
  expect(assetsOf('/chat/', { baseUrl: app, pageUrls: [app, 'capacitor://localhost'] })).toMatchObject({
    ok: true,
    value: { folder: 'capacitor://localhost/chat/' },
  });
  expect(assetsOf('/chat/', { pageUrls: ['about:srcdoc', 'https://shop.example'] })).toMatchObject({ ok: true });
});
